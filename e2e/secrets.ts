import type { ConsoleMessage, Frame, Request } from '@playwright/test'
import { expect, type Page } from './fixtures.ts'

/** Records from now on the page's console messages and the URLs it requests and navigates to. */
export function recordOutput(page: Page): string[] {
  const output: string[] = []
  page.on('console', (message: ConsoleMessage) => output.push(message.text()))
  page.on('request', (request: Request) => output.push(request.url()))
  page.on('framenavigated', (frame: Frame) => output.push(frame.url()))
  return output
}

/** Expects none of the secrets in the page, its fields, its storage, its recorded output or the extra texts. */
export async function expectNoSecret(
  page: Page,
  secrets: readonly string[],
  output: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  // Every page has more output than this. With less, nothing was recorded.
  expect(output.length).toBeGreaterThan(20)
  const fields = await page
    .locator('input, textarea')
    .evaluateAll((all) => all.map((field) => 'value' in field && field.value))
  const everywhere = {
    page: (await page.content()) + fields.join('\n'),
    ...(await storedText(page)),
    output: output.join('\n'),
    ...more,
  }
  for (const [where, text] of Object.entries(everywhere)) {
    for (const secret of secrets) expect(text, `${secret} in ${where}`).not.toContain(secret)
  }
}

/** Everything the page has stored: for this tab only, and for other tabs and later visits, cookies included. */
export async function storedText(page: Page): Promise<{ session: string; elsewhere: string }> {
  return page.evaluate(async () => ({
    session: JSON.stringify(sessionStorage) + JSON.stringify(history.state) + window.name,
    elsewhere:
      JSON.stringify(localStorage) +
      document.cookie +
      JSON.stringify(await indexedDB.databases()) +
      JSON.stringify(await caches.keys()),
  }))
}
