import { listPath } from '../account.ts'
import { expect, type Page, test } from '../fixtures.ts'
import { machineLinks } from '../steps/list.ts'
import { fillSignIn, openSignInOptions } from '../steps/sign-in.ts'

// In long/, because a heap snapshot takes a long time.
test('holds no password in memory after signing in with a session token', async ({ page, account, bigv }) => {
  await page.goto(listPath(account))
  await openSignInOptions(page)
  await page.getByRole('radio', { name: 'Session token' }).check()
  await fillSignIn(page, account)
  await expect(machineLinks(page)).toHaveText(['www1'])
  const token = (await bigv.requests()).at(-1)?.headers['authorization']?.slice('Bearer '.length) ?? ''
  // Polled, because the browser decides when it collects garbage.
  await expect
    .poll(
      async () => {
        const memory = await memoryText(page)
        return [account.password, token].map((secret) => memory.includes(JSON.stringify(secret)))
      },
      { timeout: 60_000 },
    )
    .toEqual([false, true])
})

/** The page's heap after a garbage collection, strings included. */
async function memoryText(page: Page): Promise<string> {
  const devtools = await page.context().newCDPSession(page)
  const chunks: string[] = []
  devtools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await devtools.send('HeapProfiler.collectGarbage')
  await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await devtools.detach()
  return chunks.join('')
}
