import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { expectNoSecret, listen } from './secrets.ts'
import { basic, cachedText, confirm, fillSignIn, listPath, openBySigningIn, writes } from './steps.ts'
import { createButton, createPath, fillToReview } from './wizard.ts'

test.use({
  frozen: true,
  wanted: {
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true },
      { name: 'off1', power_on: false, autoreboot_on: false },
    ],
  },
})

const PUBLIC_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICyAsCTz0ECAwWxS0ORfFbVCVIbXwlNaUxJ8+30W/ctr me@laptop'
const ANOTHER_OTP = 'cbdefghijklnrtuvcbdefghijklnrtuvcbdefghijkln'

const entries = (page: Page) => page.getByRole('list', { name: 'Operations' }).locator('> li')
const goToActivity = (page: Page) =>
  page.getByRole('navigation', { name: 'Session' }).getByRole('link', { name: 'Activity' }).click()

/** That the toast that says so lies over none of the drawer's buttons. */
async function expectToastAboveFoot(page: Page, says: string) {
  await page.getByRole('banner').getByRole('button', { name: 'Activity' }).click()
  const button = page.getByRole('dialog', { name: 'Activity' }).getByRole('link', { name: 'Whole page' })
  await expect(button).toBeVisible()
  const toast = page.locator('[aria-label=Notifications] li').filter({ hasText: says })
  const [above, below] = [await toast.boundingBox(), await button.boundingBox()]
  expect((above?.y ?? Infinity) + (above?.height ?? 0)).toBeLessThan(below?.y ?? 0)
  await page.keyboard.press('Escape')
}

/** Exports the activity, and returns what is in the file. */
async function exportActivity(page: Page): Promise<string> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export as JSON' }).click()
  const file = await downloading
  expect(file.suggestedFilename()).toBe('bigv-activity.json')
  return readFile(await file.path(), 'utf8')
}

test('every change appears, newest first, with its requests, to filter and to copy; the session token does not', async ({
  page,
  account,
  bigv,
}) => {
  const said = listen(page)
  await page.goto('/activity')
  await page.getByRole('radio', { name: 'Session token' }).check()
  await fillSignIn(page, account)
  await expect(page.getByText('Nothing was changed yet')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Export as JSON' })).toHaveAccessibleDescription(
    'Nothing was done yet.',
  )

  await page.getByRole('navigation', { name: 'Groups' }).getByRole('link', { name: 'default' }).click()
  await page.getByRole('link', { name: 'www1' }).click()
  await confirm(page, LABELS.stop, 'www1')
  await expect(page.getByRole('listitem').filter({ hasText: 'www1 is stopped' })).toBeVisible()
  await bigv.addFault({ kind: 'status', status: 400, body: 'No room', match: { method: 'PUT' }, times: 1 })
  await page.getByRole('button', { name: LABELS.start, exact: true }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Start www1: refused' })).toBeVisible()
  await expectToastAboveFoot(page, 'Start www1: refused')
  await page.getByRole('button', { name: LABELS.start, exact: true }).click()
  await page.getByRole('button', { name: '1 change' }).click()
  await page.getByRole('menuitem', { name: 'All activity' }).click()
  await expect(page).toHaveURL('/activity')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Activity')
  await expect(entries(page).getByRole('heading')).toHaveText([
    'Start www1',
    'Start www1',
    `${LABELS.stop} www1`,
  ])
  await expect(entries(page).nth(0)).toContainText('Running')
  await expect(entries(page).nth(1)).toContainText('It said: No room')
  await expect(page.getByRole('link', { name: 'Activity' })).toHaveText('Activity3')

  await page.getByRole('radio', { name: 'Refused' }).click()
  await expect(page).toHaveURL('/activity?outcome=refused')
  await expect(entries(page)).toHaveCount(1)
  await expect(entries(page)).toContainText(/400 · \d\.\d\d s/)
  await page.getByRole('radio', { name: 'Done' }).click()
  const path = `${listPath(account)}/${account.machine(0).id}`
  const stop = entries(page)
  await expect(stop.getByRole('list', { name: 'Requests' })).toContainText(`PUT ${path}`)
  await expect(stop.getByRole('list', { name: 'Requests' })).toContainText(
    '{"autoreboot_on":false,"power_on":false}',
  )
  await stop.getByText('As a command, as JSON').click()
  await expect(stop).toContainText(
    `curl -X PUT -H 'Authorization: Bearer YOUR_TOKEN' -H 'Accept: application/json' -H 'Content-Type: application/json' --data-raw '{"autoreboot_on":false,"power_on":false}' https://`,
  )
  await expect(stop).toContainText(`bytemark stop server www1.default.${account.account}`)
  await expect(stop).toContainText('"outcome": "done"')

  await page.context().grantPermissions(['clipboard-write'])
  await stop.getByRole('button', { name: "Copy as the client's command" }).click()
  await expect(page.getByText('Copied')).toBeAttached()
  // The page itself may not read what was copied.
  await page.evaluate(() => document.body.appendChild(document.createElement('textarea')).focus())
  await page.keyboard.press('ControlOrMeta+v')
  await expect(page.locator('body > textarea')).toHaveValue(
    `bytemark stop server www1.default.${account.account}`,
  )
  const shown = await page.content()
  const exported = await exportActivity(page)
  await stop.getByRole('link', { name: 'www1' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('www1')
  await expect.poll(() => writes(bigv)).toHaveLength(3)

  // What an error says to pass on holds it as little.
  await bigv.addFault({ kind: 'status', status: 403, match: { path: `^/users/${account.username}$` } })
  await page.getByRole('navigation', { name: 'Session' }).getByRole('link', { name: 'SSH keys' }).click()
  const failed = page.getByRole('alert').filter({ hasText: 'The SSH keys could not be read' })
  await failed.getByText('Details').click()
  await expect(failed).toContainText(`GET /users/${account.username} → 403 after`)
  const { headers } = (await bigv.requests({ account: account.account })).at(-1) ?? {}
  const [, token = ''] = /^Bearer (\S+)$/.exec(headers?.['authorization'] ?? '') ?? []
  expect(token).toMatch(/^.{16,}$/)
  await expectNoSecret(page, [token, account.password], said, { shown, exported })
})

test.describe('with a Yubikey', () => {
  test.use({
    wanted: {
      otpRequired: true,
      machines: [
        { name: 'www1', power_on: true, autoreboot_on: true },
        { name: 'off1', power_on: false, autoreboot_on: false },
      ],
    },
  })

  test('no secret gets into what is shown, exported, stored, cached or logged, or into an address', async ({
    page,
    account,
    bigv,
  }) => {
    const said = listen(page)
    // What is remembered in the tab is there at the user's wish: here it is not wished.
    await openBySigningIn(page, account, createPath(account))
    await fillToReview(page, 'built1')
    await createButton(page).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('built1')
    await page.getByRole('navigation', { name: 'Groups' }).getByRole('link', { name: 'default' }).click()
    await page.getByRole('link', { name: 'off1' }).click()
    await page.getByRole('link', { name: 'Settings' }).click()
    const media = page.getByRole('region', { name: 'CD and keyboard' })
    await media.getByLabel('URL of the CD').fill('https://me:cd-secret@example.com/x.iso')
    await media.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('off1 was changed')).toBeVisible()
    await page.getByRole('button', { name: LABELS.reimage, exact: true }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Re-image off1?' })
    await dialog.getByRole('radio', { name: 'precise' }).check()
    await dialog.getByRole('radio', { name: 'Typed' }).check()
    await dialog.getByLabel('Root password', { exact: true }).fill('root-secret')
    await dialog.getByLabel('First-boot script').fill('#!/bin/sh\necho script-secret')
    await dialog.getByLabel('Type off1 to confirm').fill('off1')
    await dialog.getByRole('button', { name: LABELS.reimage }).click()
    // Time that passes before BigV has the request is no time of it.
    await expect.poll(async () => JSON.stringify(await writes(bigv))).toContain('/reimage')
    await bigv.advance(120_000)
    await expect(dialog).toBeHidden()
    await page.getByRole('navigation', { name: 'Groups' }).getByRole('link', { name: 'default' }).click()
    await page.getByRole('link', { name: 'www1' }).click()
    await page.getByRole('button', { name: LABELS.sendKeys }).click()
    for (const key of ['s', '3', 'c', 'r', 't'])
      await page.getByRole('button', { name: key, exact: true }).click()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(page.getByText(/^Sent 5 presses at/)).toBeVisible()
    await page.getByRole('navigation', { name: 'Session' }).getByRole('link', { name: 'SSH keys' }).click()
    await page.getByLabel('Public keys').fill(PUBLIC_KEY)
    await bigv.expireOtp()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    const again = page.getByRole('alertdialog', { name: 'Sign in again' })
    await again.getByLabel('Password', { exact: true }).fill(account.password)
    await again.getByLabel('Yubikey OTP').fill(ANOTHER_OTP)
    await again.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('list', { name: 'Keys' })).toContainText('me@laptop')
    await goToActivity(page)

    await expect(entries(page)).toHaveCount(5)
    for (const summary of await page.getByText('As a command, as JSON').all()) await summary.click()
    await expect(page.getByRole('button', { name: 'Copy as JSON' })).toHaveCount(5)
    const shown = (await page.getByRole('main').textContent()) ?? ''
    expect(shown).toContain(`curl -X PUT -u ${account.username} -H`)
    expect(shown).toContain("-H 'X-Yubikey-OTP: YOUR_OTP'")
    const exported = await exportActivity(page)
    expect(JSON.parse(exported)).toMatchObject({
      operations: [
        { action: 'create', target: { name: 'built1' } },
        { action: 'change', requests: [{ body: { cdrom_url: 'https://••••••@example.com/x.iso' } }] },
        { action: 'reimage', requests: [{ body: { firstboot_script: '••••••' } }] },
        { action: 'send_keys', requests: [{ times: 5, body: { signal: 'sendkey', data: '5 presses' } }] },
        { action: 'set_keys' },
      ],
    })
    expect(await cachedText(page)).toContain('built1')
    const secrets = [
      's3cret of mine',
      'cd-secret',
      'root-secret',
      'script-secret',
      String(account.otp),
      ANOTHER_OTP,
      account.password,
      basic(account.username, account.password).slice('Basic '.length),
      '"data":"s"',
    ]
    await expectNoSecret(page, secrets, said, { shown, exported })
    expect(exported).not.toMatch(/authorization|yubikey/i)
  })
})
