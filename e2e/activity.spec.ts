import { listPath } from './account.ts'
import { check } from './axe.ts'
import { type Account, type Bigv, expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { expectNoSecret, recordOutput } from './secrets.ts'
import {
  button,
  card,
  confirm,
  dialogNamed,
  download,
  expectPage,
  groupLink,
  openEntry,
  operations,
  saveButton,
  sessionLink,
  textToCopy,
  toast,
  press,
  openKeys,
} from './steps/page.ts'
import { waitForWrite } from './steps/received.ts'
import {
  ANOTHER_OTP,
  basic,
  fillSignIn,
  open,
  openBySigningIn,
  openSignInOptions,
  stayBox,
  signInAgain,
} from './steps/sign-in.ts'
import { createButton, createPath, fillToReview, PUBLIC_KEY } from './wizard.ts'

test.use({
  frozen: true,
  wanted: {
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true },
      { name: 'off1', power_on: false, autoreboot_on: false },
    ],
  },
})

/** Exports the activity and returns the file's text. */
async function exportActivity(page: Page): Promise<string> {
  const { name, text } = await download(page, () => button(page, 'Export JSON').click())
  expect(name).toBe('bigv-activity.json')
  return text
}

/** Force stops www1; its start is then refused. */
async function stopAndFailToStart(page: Page, account: Account, bigv: Bigv): Promise<void> {
  await confirm(page, LABELS.stop, 'www1')
  await expect(toast(page, 'www1 is stopped')).toBeVisible()
  await bigv.failNext(account, 'PUT', { kind: 'status', status: 400, body: 'No room' })
  await button(page, LABELS.start).click()
  await expect(toast(page, 'Start www1: refused')).toBeVisible()
}

test('lists every action, newest first, filtered by outcome and search', async ({ page, account, bigv }) => {
  await open(page, account, '/activity')
  await expect(page.getByText('No activity yet')).toBeVisible()
  await expect(button(page, 'Export JSON')).toHaveAccessibleDescription('Nothing to export yet.')

  await groupLink(page, 'default').click()
  await page.getByRole('link', { name: 'www1' }).click()
  await stopAndFailToStart(page, account, bigv)
  await button(page, LABELS.start).click()
  await button(page, '1 in progress').click()
  await page.getByRole('menuitem', { name: 'All activity' }).click()
  await expect(page).toHaveURL('/activity')
  await expectPage(page, 'Activity')
  await expect(operations(page).getByRole('heading')).toHaveText([
    'Start www1',
    'Start www1',
    `${LABELS.stop} www1`,
  ])
  await expect(operations(page).nth(0)).toContainText('Running')
  await expect(operations(page).nth(1)).toContainText(': No room')
  await expect(page.getByRole('link', { name: 'Activity' })).toHaveText('Activity1 in progress')
  await check(page, 'the activity')

  await page.getByRole('radio', { name: 'Refused' }).click()
  await expect(page).toHaveURL('/activity?outcome=refused')
  await expect(operations(page)).toHaveCount(1)
  await expect(operations(page).getByRole('list', { name: 'Requests' })).toBeHidden()
  await openEntry(page, 'Start www1')
  await expect(operations(page).getByRole('list', { name: 'Requests' })).toContainText(/400 · \d\.\d\d s/)
  await check(page, 'an open entry of the activity', 'main')

  const search = page.getByRole('searchbox', { name: 'Search the activity' })
  await search.fill('www1 stop')
  await expect(page.getByText('No matching activity')).toBeVisible()
  await page.getByRole('radio', { name: /^All/ }).click()
  await expect(operations(page).getByRole('heading')).toHaveText([`${LABELS.stop} www1`])
  await expect(page).toHaveURL('/activity?q=www1+stop')
  await page.goto('/activity?outcome=superseded')
  await expect(page.getByText('No activity with this outcome')).toBeVisible()
  await check(page, 'the activity, filtered to nothing', 'main')
})

test('copies an action with its requests, without the session token @long', async ({
  page,
  account,
  bigv,
  servers,
}) => {
  const output = recordOutput(page)
  await page.goto(`${listPath(account)}/www1`)
  await openSignInOptions(page)
  await page.getByRole('radio', { name: 'Session token' }).check()
  await stayBox(page).uncheck()
  await fillSignIn(page, account)
  await stopAndFailToStart(page, account, bigv)
  await sessionLink(page, 'Activity').click()
  await page.getByRole('radio', { name: 'Done' }).click()
  await expect(operations(page)).toHaveCount(1)
  const stop = await openEntry(page, `${LABELS.stop} www1`)
  await expect(stop.getByRole('list', { name: 'Requests' })).toContainText(
    `PUT ${account.machine('www1').path}`,
  )
  await expect(stop.getByRole('list', { name: 'Requests' })).toContainText(
    '{"autoreboot_on":false,"power_on":false}',
  )
  const curl = await textToCopy(page, stop, 'Copy as curl')
  expect(curl).toBe(
    `curl -X PUT -H 'Authorization: Bearer YOUR_TOKEN' -H 'Accept: application/json' -H 'Content-Type: application/json' --data-raw '{"autoreboot_on":false,"power_on":false}' ${servers.bigvUrl}${account.machine('www1').path}`,
  )
  const http = await textToCopy(page, stop, 'Copy as HTTP')
  expect(http).toContain(`PUT ${account.machine('www1').path}`)
  const json = await textToCopy(page, stop, 'Copy as JSON')
  expect(json).toContain('"outcome": "done"')

  await page.context().grantPermissions(['clipboard-write'])
  await stop.getByRole('button', { name: 'Copy for the command-line client' }).click()
  await expect(page.getByText('Copied')).toBeAttached()
  // Pages may not read the clipboard, so paste its text into a text area.
  await page.evaluate(() => document.body.appendChild(document.createElement('textarea')).focus())
  await page.keyboard.press('ControlOrMeta+v')
  await expect(page.locator('body > textarea')).toHaveValue(
    `bytemark stop server www1.default.${account.account}`,
  )
  const shown = [await page.content(), curl, http, json].join('\n')
  const exported = await exportActivity(page)
  await stop.getByRole('link', { name: 'www1' }).click()
  await expectPage(page, 'www1')
  await expect(bigv).toHaveReceivedCount(2)

  await test.step('leaves the token out of an error’s details', async () => {
    const user = `/users/${account.username}`
    await bigv.failNext(account, 'GET', { kind: 'status', status: 403 }, `^${user}$`)
    await sessionLink(page, 'SSH keys').click()
    const failed = page.getByRole('alert').filter({ hasText: 'Couldn’t load the SSH keys' })
    await failed.getByText('Details').click()
    await expect(failed).toContainText(`GET ${user} → 403 after`)
  })
  const { headers } = (await bigv.requests({ account: account.account })).at(-1) ?? {}
  const [, token = ''] = /^Bearer (\S+)$/.exec(headers?.['authorization'] ?? '') ?? []
  expect(token).toMatch(/^.{16,}$/)
  await expectNoSecret(page, [token, account.password], output, { shown, exported })
})

test.describe('for a user with a Yubikey', () => {
  test.use({
    wanted: {
      otpRequired: true,
      machines: [
        { name: 'www1', power_on: true, autoreboot_on: true },
        { name: 'off1', power_on: false, autoreboot_on: false },
      ],
    },
  })

  test('shows, exports, stores and logs no secret, and puts none into URLs', async ({
    page,
    account,
    bigv,
  }) => {
    const output = recordOutput(page)
    // Through the sign-in page, because `open` stores the credentials in the tab.
    await openBySigningIn(page, account, createPath(account))
    await fillToReview(page, 'built1')
    await createButton(page).click()
    await expectPage(page, 'built1')
    await groupLink(page, 'default').click()
    await page.getByRole('link', { name: 'off1' }).click()
    await page.getByRole('link', { name: 'Settings' }).click()
    const media = card(page, 'Console')
    await media.getByLabel('CD image URL').fill('https://me:cd-secret@example.com/x.iso')
    await saveButton(page, 'Console').click()
    await expect(toast(page, 'off1 changed')).toBeVisible()
    await press(page, LABELS.reimage)
    const dialog = dialogNamed(page, 'Re-image off1?')
    await dialog.getByRole('radio', { name: 'precise' }).check()
    await dialog.getByRole('radio', { name: 'Your own' }).check()
    await dialog.getByLabel('Root password', { exact: true }).fill('root-secret')
    await dialog.getByLabel('First-boot script').fill('#!/bin/sh\necho script-secret')
    await dialog.getByLabel('Type off1 to confirm').fill('off1')
    await dialog.getByRole('button', { name: LABELS.reimage }).click()
    // Wait until BigV has the request: time that passes before doesn't count towards the re-image.
    await waitForWrite(bigv, '/reimage')
    await bigv.advance(120_000)
    await expect(dialog).toBeHidden()
    await groupLink(page, 'default').click()
    await page.getByRole('link', { name: 'www1' }).click()
    await openKeys(page)
    for (const key of ['s', '3', 'c', 'r', 't'])
      await page.getByRole('button', { name: key, exact: true }).click()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(page.getByText(/^Sent 5 presses at/)).toBeVisible()
    await sessionLink(page, 'SSH keys').click()
    await page.getByLabel('Public keys').fill(PUBLIC_KEY)
    await bigv.expireOtp()
    await page.getByRole('button', { name: 'Add keys', exact: true }).click()
    await signInAgain(page, { otp: ANOTHER_OTP })
    await expect(page.getByRole('list', { name: 'Keys' })).toContainText('me@laptop')
    await sessionLink(page, 'Activity').click()

    await expect(operations(page)).toHaveCount(5)
    for (const details of await page.getByRole('button', { name: /^Details of/ }).all()) await details.click()
    await expect(page.getByRole('button', { name: 'Copy as JSON' })).toHaveCount(5)
    const copies: string[] = []
    for (const entry of await operations(page).all()) {
      for (const copy of await entry.getByRole('group', { name: 'Copy as' }).getByRole('button').all())
        copies.push(await textToCopy(page, entry, (await copy.getAttribute('aria-label')) ?? ''))
    }
    const shown = [(await page.getByRole('main').textContent()) ?? '', ...copies].join('\n')
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
    await expectNoSecret(page, secrets, output, { shown, exported })
    expect(exported).not.toMatch(/authorization|yubikey/i)
  })
})
