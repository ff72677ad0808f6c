import type { ConsoleMessage, Frame, Request } from '@playwright/test'
import { expect, type Page } from './fixtures.ts'

/** Notes from now on what a page writes to the console, which addresses it asks, and where it goes. */
export function listen(page: Page): string[] {
  const said: string[] = []
  page.on('console', (message: ConsoleMessage) => said.push(message.text()))
  page.on('request', (request: Request) => said.push(request.url()))
  page.on('framenavigated', (frame: Frame) => said.push(frame.url()))
  return said
}

/** That none of the secrets is in the page as it is with its fields, in what it has stored and said, or in further texts. */
export async function expectNoSecret(
  page: Page,
  secrets: readonly string[],
  said: readonly string[],
  further: Readonly<Record<string, string>> = {},
): Promise<void> {
  // As many as any page has said: they were listened to.
  expect(said.length).toBeGreaterThan(20)
  const fields = await page
    .locator('input, textarea')
    .evaluateAll((all) => all.map((field) => 'value' in field && field.value))
  const everywhere = {
    page: (await page.content()) + fields.join('\n'),
    ...(await storedText(page)),
    said: said.join('\n'),
    ...further,
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
