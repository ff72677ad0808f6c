import { listPath } from './account.ts'
import { check } from './axe.ts'
import { expect, type Page, test } from './fixtures.ts'
import { storedText } from './secrets.ts'
import { row } from './steps/list.ts'
import { card, expectPage } from './steps/page.ts'
import { basic } from './steps/sign-in.ts'
import {
  createButton,
  createPath,
  next,
  expectStep,
  openMoreOptions,
  openWizard,
  PUBLIC_KEY,
  createRequest,
} from './wizard.ts'

const ANOTHER_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2aQw3xX0yqg9mJm7l7Zq1n5s3n6v0c4h8k2d1f0a9b me@desk'
const SCRIPT = '#!/bin/sh\nif true; then\n  apt-get update\n  apt-get upgrade\nfi\n'

test('creates a machine with one request and shows “Creating…” until it is running @firefox', async ({
  page,
  account,
  bigv,
}) => {
  await bigv.pauseTime()
  await openWizard(page, account)
  await expect(page).toHaveTitle('Create machine · default · BigV')
  await page.getByLabel('Name').fill('web4')
  await next(page, 'Image')
  await page.getByRole('radio', { name: 'wheezy' }).check()
  await next(page, 'Discs')
  await next(page, 'Review')
  const before = await page.evaluate(() => history.length)
  await createButton(page).click()
  await expectPage(page, 'web4')
  await expect(page.getByText('Creating…', { exact: true })).toBeVisible()
  await expect(card(page, 'Being created')).toContainText('vm_create')
  // The machine's page replaces the form in the history.
  expect(await page.evaluate(() => history.length)).toBe(before)

  const expected = createRequest(account, 'web4')
  const password = await page.getByRole('main').locator('pre').first().innerText()
  expect(password).toMatch(/^\w{4}(-\w{4}){4}$/)
  const reimage = { distribution: 'wheezy', root_password: password }
  await expect(bigv).toHaveReceived([{ ...expected, body: { ...expected.body, reimage } }])
  const stored = await storedText(page)
  expect(stored.session + stored.elsewhere).not.toContain(password)

  await check(page, 'a machine that is being created, with its password')

  await test.step('keeps the password over page changes until the user has copied it', async () => {
    await page.getByRole('link', { name: 'default' }).first().click()
    await expect(row(page, 'web4')).toContainText('Creating…')
    await page.goBack()
    await expect(page.getByText(password)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Copy root password' })).toBeVisible()
    await page.getByRole('button', { name: 'I’ve copied it' }).click()
    await expect(page.getByText(password)).toBeHidden()
  })
  await bigv.advance(120_000)
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  await expect(bigv).toHaveReceivedCount(1)
})

test('sends every option, and previews the request with its secrets hidden', async ({
  page,
  request,
  account,
  bigv,
}) => {
  const saved = await request.put(`/api/users/${account.username}`, {
    data: { authorized_keys: ANOTHER_KEY },
    headers: { authorization: basic(account.username, account.password) },
  })
  expect(saved.ok()).toBe(true)
  await bigv.clearRequests()
  await openWizard(page, account)
  await page.getByLabel('Name').fill('db-1')
  await page.getByRole('radio', { name: '8 cores' }).check()
  await expect(page.getByLabel('Memory')).toHaveValue('16')
  await page.getByLabel('Cores', { exact: true }).fill('3')
  await expect(page.getByRole('radio', { name: 'Custom' })).toBeChecked()
  await page.getByLabel('Memory').fill('1.3')
  await expect(page.getByLabel('Memory')).toHaveAccessibleDescription(/Sent as 1331 MiB\./)
  await expect(page.getByLabel('Zone')).toBeHidden()
  await openMoreOptions(page)
  await page.getByLabel('Hardware profile', { exact: true }).selectOption('compatibility2013')
  await page.getByRole('checkbox', { name: 'Lock profile' }).check()
  await page.getByRole('switch', { name: 'Start after creation' }).uncheck()
  await expect(page.getByText('The machine will start anyway')).toBeVisible()
  await page.getByRole('switch', { name: 'Restart automatically' }).uncheck()
  await page.getByLabel('Zone').selectOption('york')
  await page.getByLabel('Console keymap').selectOption('en-gb')
  await next(page, 'Image')

  const search = page.getByRole('searchbox', { name: 'Search distributions' })
  await search.fill('ubuntu')
  await expect(page.getByRole('group', { name: 'Distribution' }).getByRole('radio')).toHaveCount(2)
  await search.fill('pangolin')
  await search.press('Enter')
  await expect(page.getByRole('radio', { name: 'precise' })).toBeChecked()
  await search.fill('no such thing')
  await expect(page.getByText('No distribution matches.')).toBeVisible()
  await expect(page.getByRole('radio', { name: 'precise' })).toBeChecked()
  await expectStep(page, 'Image')
  await page.getByRole('radio', { name: 'None', exact: true }).last().check()
  await page.getByRole('button', { name: 'Next: discs' }).click()
  await expect(page.getByLabel('SSH public keys')).toBeFocused()
  await expect(page.getByLabel('SSH public keys')).toHaveAccessibleDescription(
    /Enter a root password or an SSH key/,
  )
  await page.getByLabel('SSH public keys').fill(`${PUBLIC_KEY}\nssh-ed25519 AAAAC3 cut-short`)
  const keys = page.getByRole('list', { name: 'Keys' }).getByRole('listitem')
  await expect(keys).toContainText(['me@laptop', 'cut-short'])
  await expect(keys.nth(1)).toContainText('not a complete public key')
  await expect(page.getByLabel('SSH public keys')).toHaveAccessibleDescription(
    /Key 2 isn’t a complete public key/,
  )
  await page.getByLabel('SSH public keys').fill(`${PUBLIC_KEY}\n`)
  await page.getByRole('button', { name: 'Use my BigV keys' }).click()
  await expect(page.getByText('1 key added.')).toBeVisible()
  await expect(keys).toHaveText([/me@laptop/, /me@desk/])
  const script = page.getByLabel('First-boot script')
  await script.click()
  await page.keyboard.type('#!/bin/sh\nif true; then\n  apt-get update\napt-get upgrade\nfi\n')
  // The editor indents each new line like the one before.
  await expect(script).toHaveValue('#!/bin/sh\nif true; then\n  apt-get update\n  apt-get upgrade\n  fi\n  ')
  // Pasted, because in Firefox `fill` would press Enter, which indents.
  await script.clear()
  await script.evaluate((_, text) => document.execCommand('insertText', false, text), SCRIPT)
  await page.getByLabel('CD image URL').fill('https://me:s3cret@example.com/x.iso')
  await next(page, 'Discs')

  // The second disc becomes the boot disc.
  await page.getByRole('button', { name: 'Add disc' }).click()
  const first = page.getByRole('region', { name: 'Disc 1' })
  const second = page.getByRole('region', { name: 'Disc 2' })
  await expect(second.getByLabel('Label')).toBeFocused()
  await expect(second.getByLabel('Label')).toHaveValue('disc-2')
  await second.getByLabel('Label').fill('root')
  await second.getByLabel('Size').fill('0.5')
  await second.getByLabel('Storage grade').selectOption('archive')
  await expect(first).toContainText('boot disc')
  await second.getByLabel('Size').press('Alt+ArrowUp')
  await expect(first.getByLabel('Label')).toHaveValue('root')
  await expect(first.getByLabel('Size')).toBeFocused()
  await expect(first).toContainText('boot disc')
  await expect(second).not.toContainText('boot disc')
  await first.getByRole('button', { name: 'Move disc 1 down' }).click()
  await expect(second.getByLabel('Label')).toHaveValue('root')
  await expect(second.getByRole('button', { name: 'Move disc 2 down' })).toBeFocused()
  await expect(second.getByRole('button', { name: 'Move disc 2 down' })).toBeDisabled()
  await second.getByRole('button', { name: 'Move disc 2 up' }).press('Enter')
  await expect(first.getByLabel('Label')).toHaveValue('root')
  await next(page, 'Review')

  const main = page.getByRole('main')
  for (const text of [
    '3 cores, 1331 MiB',
    'compatibility2013, locked',
    'york',
    'en-gb',
    'root, 512 MiB, archive',
    'Ubuntu 12.04 precise',
    'SSH keys only',
    'me@laptop',
    '5 lines',
    'https://••••••@example.com/x.iso',
  ]) {
    await expect(main.getByRole('definition').filter({ hasText: text })).toBeVisible()
  }
  await check(page, 'Review', 'main')
  await main.getByText('What will be sent').click()
  const preview = await main.locator('details pre').textContent()
  await createButton(page).click()
  await expectPage(page, 'db-1')
  await expect(page.getByText('Root password of')).toBeHidden()

  const sent = {
    method: 'POST',
    path: createPath(account),
    body: {
      virtual_machine: {
        name: 'db-1',
        cores: 3,
        memory: 1331,
        hardware_profile: 'compatibility2013',
        zone_name: 'york',
        keymap: 'en-gb',
        cdrom_url: 'https://me:s3cret@example.com/x.iso',
        hardware_profile_locked: true,
        power_on: false,
        autoreboot_on: false,
      },
      discs: [
        { label: 'root', size: 512, storage_grade: 'archive' },
        { label: 'disc-1', size: 25600, storage_grade: 'sata' },
      ],
      reimage: {
        distribution: 'precise',
        ssh_public_key: `${PUBLIC_KEY}\n${ANOTHER_KEY}`,
        firstboot_script: SCRIPT,
      },
    },
  }
  await expect(bigv).toHaveReceived([sent])
  const redacted = JSON.stringify(sent.body)
    .replace(JSON.stringify(SCRIPT), '"••••••"')
    .replace('me:s3cret', '••••••')
  expect(preview).toContain(`POST ${sent.path}`)
  expect(preview?.replaceAll(/\s/g, '')).toContain(redacted.replaceAll(/\s/g, ''))
})

const ADDRESSES = { ipv4: '10.9.8.7', ipv6: 'fd00::7' }

/** From the first step on: creates the machine without discs and distribution. */
async function createWithoutDiscs(page: Page): Promise<void> {
  await next(page, 'Image')
  await page.getByRole('radio', { name: 'None', exact: true }).first().check()
  await next(page, 'Discs')
  await page.getByRole('button', { name: 'Remove disc 1' }).click()
  await next(page, 'Review')
  await createButton(page).click()
}

test.describe('the addresses of a new machine', () => {
  test.use({ wanted: { groups: ['private'], vlans: { private: 210 }, machines: [] } })

  test('are accepted in a private VLAN, and elsewhere refused at their field @long', async ({
    page,
    account,
    bigv,
  }) => {
    await openWizard(page, account)
    await page.getByLabel('Name').fill('inside')
    await openMoreOptions(page)
    await page.getByLabel('IPv4 address').fill('10.0.0.256')
    await page.getByLabel('IPv6 address').fill(ADDRESSES.ipv6)
    await openMoreOptions(page)
    await expect(page.getByLabel('IPv4 address')).toBeHidden()
    await page.getByRole('button', { name: 'Next: image' }).click()
    await expect(page.getByLabel('IPv4 address')).toBeFocused()
    await expect(page.getByLabel('IPv4 address')).toHaveAccessibleDescription(
      'Enter an IPv4 address, such as 10.0.0.2.',
    )
    await page.getByLabel('IPv4 address').fill(ADDRESSES.ipv4)
    await createWithoutDiscs(page)
    await expect(page.getByLabel('IPv4 address')).toBeFocused()
    await expect(page.getByLabel('IPv4 address')).toHaveAccessibleDescription(/BigV said: .*private VLAN/)

    const inPrivate = createPath(account).replace('default', 'private')
    await page.goto(inPrivate)
    await page.getByLabel('Name').fill('inside')
    await openMoreOptions(page)
    await page.getByLabel('IPv4 address').fill(ADDRESSES.ipv4)
    await page.getByLabel('IPv6 address').fill(ADDRESSES.ipv6)
    await createWithoutDiscs(page)
    await expectPage(page, 'inside')
    await page.getByRole('link', { name: 'Network' }).click()
    await expect(page.getByText('VLAN210')).toBeVisible()
    await expect(
      page
        .getByRole('list', { name: /^Addresses of/ })
        .getByRole('listitem')
        .getByRole('code'),
    ).toHaveText([ADDRESSES.ipv4, ADDRESSES.ipv6])
    const body = {
      virtual_machine: { name: 'inside', cores: 1, memory: 1024, power_on: true, autoreboot_on: true },
      ips: ADDRESSES,
    }
    await expect(bigv).toHaveReceived([
      { method: 'POST', path: createPath(account), body },
      { method: 'POST', path: inPrivate, body },
    ])
  })
})

test('creates a machine without discs and distribution that boots from a CD @long', async ({
  page,
  account,
  bigv,
}) => {
  await openWizard(page, account)
  await page.getByLabel('Name').fill('bare')
  await next(page, 'Image')
  await page.getByRole('radio', { name: 'wheezy' }).check()
  await page.getByLabel('CD image URL').fill('https://example.com/netinst.iso')
  await next(page, 'Discs')
  const add = page.getByRole('button', { name: 'Add disc' })
  await page.getByRole('button', { name: 'Remove disc 1' }).click()
  await expect(page.getByText('Debian 7 needs one to be installed on.')).toBeVisible()
  await expect(add).toBeFocused()
  await page.getByRole('button', { name: 'Next: review' }).click()
  await expect(add).toBeFocused()
  await expect(add).toHaveAccessibleDescription('To install an image, add a disc.')
  await page.getByRole('button', { name: 'Create without an image' }).click()
  await expect(add).toBeFocused()
  await next(page, 'Review')
  await createButton(page).click()
  await expectPage(page, 'bare')
  await expect(bigv).toHaveReceived([
    {
      method: 'POST',
      path: listPath(account),
      body: {
        name: 'bare',
        cores: 1,
        memory: 1024,
        cdrom_url: 'https://example.com/netinst.iso',
        power_on: true,
        autoreboot_on: true,
      },
    },
  ])
})
