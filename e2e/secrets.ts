import type { ConsoleMessage, Frame, Request } from '@playwright/test'
import { expect, type Page } from './fixtures.ts'

/** Notes from now on what a page writes to the console, which addresses it asks, and where it goes. */
export function recordOutput(page: Page): string[] {
  const output: string[] = []
  page.on('console', (message: ConsoleMessage) => output.push(message.text()))
  page.on('request', (request: Request) => output.push(request.url()))
  page.on('framenavigated', (frame: Frame) => output.push(frame.url()))
  return output
}

/** That none of the secrets is in the page as it is with its fields, in what it has stored and said, or in further texts. */
export async function expectNoSecret(
  page: Page,
  secrets: readonly string[],
  output: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  // As many as any page has said: they were listened to.
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

/** All that this page has stored: what is this tab's own, and what other tabs and times see, cookies included. */
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
