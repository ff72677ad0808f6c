import type { Locator } from '@playwright/test'
import { listPath } from './account.ts'
import { check, DIALOG } from './axe.ts'
import { type Account, expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { storedText } from './secrets.ts'
import {
  button,
  card,
  confirm,
  dialogNamed,
  openActivity,
  operations,
  saveButton,
  toast,
  expectReason,
  press,
} from './steps/page.ts'
import { openMachine } from './steps/sign-in.ts'

test.use({
  wanted: {
    machines: [
      {
        name: 'www1',
        power_on: true,
        autoreboot_on: true,
        ignores_acpi: true,
        cores: 1,
        memory: 2048,
      },
    ],
  },
})

const panel = (page: Page) => card(page, 'Plan')
const step = (page: Page, text: string) => panel(page).getByRole('listitem').filter({ hasText: text })

/** The requests of plans on www1. */
function requests(account: Account) {
  const { path } = account.machine('www1')
  const put = (body: object) => ({ method: 'PUT', path, body })
  return {
    put,
    keepOff: put({ autoreboot_on: false }),
    powerdown: { method: 'POST', path: `${path}/signal`, body: { signal: 'powerdown' } },
    forceOff: put({ autoreboot_on: false, power_on: false }),
    start: put({ autoreboot_on: true, power_on: true }),
  }
}

/** Fills in less memory and more cores, and opens the dialog of the plan. */
async function openChangeDialog(page: Page): Promise<Locator> {
  const hardware = card(page, 'Hardware')
  await hardware.getByLabel('Memory').fill('1')
  await hardware.getByLabel('Cores').fill('2')
  await expect(saveButton(page, 'Hardware')).toHaveAccessibleDescription(
    /Memory can only be reduced while the machine is off/,
  )
  await button(page, 'Apply now: shut down, change, start…').click()
  return dialogNamed(page, 'Shut down www1, change it and start it?')
}

test('previews a plan, and disables other actions while it runs @long', async ({ page, account }) => {
  await openMachine(page, account, 'www1', { tab: 'settings' })
  await check(page, 'the settings')
  const dialog = await openChangeDialog(page)
  await expect(dialog).toContainText('cores 1 → 2, memory 2 GiB → 1 GiB')
  await dialog.getByLabel('Force stop if it doesn’t shut down').check()
  await expect(dialog).toContainText('# only if it hasn’t shut down after 2 min')
  await dialog.getByLabel('After').fill('5')
  await expect(dialog.getByLabel('After')).toHaveAccessibleDescription(/10 to 3600/)
  await check(page, 'the dialog of a plan', DIALOG)
  await dialog.getByLabel('Force stop if it doesn’t shut down').uncheck()
  await expect(dialog).not.toContainText('"power_on":false')
  await dialog.getByRole('button', { name: 'Shut down, change, start' }).click()

  await expect(step(page, LABELS.shutDown)).toContainText('overdue after 2 min')
  await expect(step(page, 'Change cores 1 → 2')).toContainText('to do')
  const locked = '“Shut down, change, start” is running. Cancel it first.'
  await expectReason(page, LABELS.reboot, locked)
  await expectReason(page, LABELS.delete, locked)
  await press(page, LABELS.stop)
  const stop = dialogNamed(page, `${LABELS.stop} www1?`)
  await expect(stop).toContainText('This halts it: its remaining steps aren’t sent.')
  await stop.getByRole('button', { name: 'Cancel' }).click()
  await check(page, 'a running plan', 'main')
})

test('continues a plan after a reload, halts at a failed step, and resumes', async ({
  page,
  account,
  bigv,
}) => {
  const { id } = account.machine('www1')
  await openMachine(page, account, 'www1', { tab: 'settings' })
  const dialog = await openChangeDialog(page)
  await dialog.getByRole('button', { name: 'Shut down, change, start' }).click()
  await expect(step(page, LABELS.shutDown)).toContainText('overdue after 2 min')
  await page.reload()
  await expect(step(page, LABELS.shutDown)).toContainText(', running')

  await test.step('halts when BigV refuses the change', async () => {
    await bigv.failNext(account, 'PUT', { kind: 'status', status: 400, body: { cores: ['is one too many'] } })
    await bigv.setMachine(id, { power_on: false })
    await expect(panel(page)).toContainText('Shut down, change, start: halted')
    await expect(panel(page)).toContainText(
      'Change: refused. BigV refused this (400): cores is one too many.',
    )
    await expect(step(page, LABELS.shutDown)).toContainText(', done')
    await expect(step(page, 'Change cores')).toContainText(', not done')
    await expect(panel(page)).toContainText(
      'Off. It stays off until you start it. The change was not made. Automatic restart is off; before the plan it was on.',
    )
    await check(page, 'a halted plan', 'main')
  })

  await test.step('halts when BigV reports success but ignores the change', async () => {
    await bigv.failNext(account, 'PUT', {
      kind: 'status',
      status: 200,
      body: { ...(await bigv.machine(id)), cores: 2, memory: 1024 },
    })
    await button(page, 'Resume').click()
    await expect(panel(page)).toContainText(
      'Change: superseded. BigV reported success, but the machine shows: cores 1, memory 2048.',
    )
    await expect(step(page, 'Change cores')).toContainText(', not done')
    await expect(panel(page)).toContainText('The change was not made.')
  })

  await button(page, 'Resume').click()
  await expect(panel(page)).toContainText('Shut down, change, start: done')
  await expect(panel(page)).toContainText(
    'On. It restarts automatically whenever it powers off. The change was made.',
  )
  await expect(page.getByText(/waits for a restart/)).toBeHidden()
  const { put, keepOff, powerdown, start } = requests(account)
  const change = put({ cores: 2, memory: 1024 })
  await expect(bigv).toHaveReceived([keepOff, powerdown, change, change, change, start])
  expect(await bigv.machine(id)).toMatchObject({ cores: 2, memory: 1024, pending: false })
  await panel(page).getByRole('button', { name: 'Dismiss' }).click()
  await expect(panel(page)).toBeHidden()
})

test('changes the hardware profile, its lock, the CD and the keymap with one plan @long', async ({
  page,
  account,
  bigv,
}) => {
  await bigv.setMachine(account.machine(0).id, { ignores_acpi: false })
  await openMachine(page, account, 'www1', { tab: 'settings' })
  const changeByPlan = async (form: string, change: string) => {
    await card(page, form).getByRole('button', { name: 'Apply now: shut down, change, start…' }).click()
    const dialog = dialogNamed(page, 'Shut down www1, change it and start it?')
    await expect(dialog).toContainText(change)
    await dialog.getByRole('button', { name: 'Shut down, change, start' }).click()
    await expect(panel(page)).toContainText('Shut down, change, start: done')
    await expect(panel(page)).toContainText('The change was made.')
    await expect(step(page, `Change ${change}`)).toContainText(', done')
  }
  const hardware = card(page, 'Hardware')
  const profile = hardware.getByLabel('Hardware profile')
  const before = await profile.inputValue()
  await profile.selectOption('compatibility2013')
  await hardware.getByLabel('Lock profile').check()
  await changeByPlan('Hardware', `hardware profile ${before} → compatibility2013, profile lock no → yes`)
  await expect(saveButton(page, 'Hardware')).toHaveAccessibleDescription('No changes to save.')
  await panel(page).getByRole('button', { name: 'Dismiss' }).click()

  const media = card(page, 'Console')
  await media.getByLabel('CD image URL').fill('https://me:s3cret@example.com/x.iso')
  await media.getByLabel('Console keymap').selectOption('de')
  await changeByPlan('Console', 'CD none → https://••••••@example.com/x.iso, keymap none → de')
  await test.step('shows and stores no credentials from a URL', async () => {
    expect(JSON.stringify(await storedText(page))).not.toContain('s3cret')
    expect(await page.content()).not.toContain('s3cret')
  })

  const hardwarePatch = { hardware_profile: 'compatibility2013', hardware_profile_locked: true }
  const mediaPatch = { cdrom_url: 'https://me:s3cret@example.com/x.iso', keymap: 'de' }
  const { put, keepOff, powerdown, start } = requests(account)
  const withShutdown = (patch: object) => [keepOff, powerdown, put(patch), start]
  await expect(bigv).toHaveReceived([...withShutdown(hardwarePatch), ...withShutdown(mediaPatch)])
  expect(await bigv.machine(account.machine(0).id)).toMatchObject({
    ...hardwarePatch,
    ...mediaPatch,
    power_on: true,
    autoreboot_on: true,
    pending: false,
  })
})

test('asks for the new root password of a planned re-image again after a reload @long', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await openMachine(page, account, 'www1', { tab: 'settings' })
  await press(page, LABELS.reimage)
  const dialog = dialogNamed(page, 'Re-image www1?')
  await expect(dialog).toContainText(
    'The machine is running, so it will be shut down first. A new operating system is installed.',
  )
  await dialog.getByRole('radio', { name: 'precise' }).check()
  await dialog.getByRole('radio', { name: 'Your own' }).check()
  await dialog.getByLabel('Root password', { exact: true }).fill('s3cret-one')
  await dialog.getByLabel('Force stop if it doesn’t shut down').check()
  await dialog.getByLabel('After').fill('90')
  const submit = dialog.getByRole('button', { name: 'Shut down, re-image' })
  await expect(submit).toHaveAccessibleDescription('Type www1 to confirm.')
  await dialog.getByLabel('Type www1 to confirm').fill('www1')
  await expect(dialog).toContainText('{"distribution":"precise","root_password":"••••••"}')
  await submit.click()
  await expect(step(page, LABELS.shutDown)).toContainText('force stop after 1 min 30 s')
  expect(JSON.stringify(await storedText(page))).not.toContain('s3cret')

  await page.reload()
  await expect(panel(page)).toContainText(
    'After the shutdown, the plan waits until you re-enter the password, keys and script.',
  )
  await expect(step(page, 'Re-image with precise')).toContainText('to do')
  await check(page, 'a plan whose secrets are missing', 'main')
  await button(page, 'Re-enter…').click()
  await dialog.getByRole('radio', { name: 'Your own' }).check()
  await dialog.getByLabel('Root password', { exact: true }).fill('s3cret-two')
  await dialog.getByLabel('Type www1 to confirm').fill('www1')
  await dialog.getByRole('button', { name: LABELS.reimage }).click()
  await expect(panel(page)).not.toContainText('until you re-enter')

  // The guest ignores the power button, so the plan force stops it after 90 s.
  await page.clock.fastForward(91_000)
  await expect(panel(page)).toContainText('Shut down, re-image: done', { timeout: 20_000 })
  await expect(step(page, LABELS.shutDown)).toContainText('Force stopped.')
  await expect(panel(page)).toContainText(
    'The machine was re-imaged. Automatic restart is off; before the plan it was on.',
  )
  await button(page, 'Turn automatic restart back on').click()
  await expect(page.getByText('restarts automatically', { exact: true })).toBeVisible()
  await expect(panel(page)).toBeHidden()
  const { put, keepOff, powerdown, forceOff } = requests(account)
  await expect(bigv).toHaveReceived([
    keepOff,
    powerdown,
    forceOff,
    {
      method: 'POST',
      path: `${account.machine('www1').path}/reimage`,
      body: { distribution: 'precise', root_password: 's3cret-two' },
    },
    put({ autoreboot_on: true }),
  ])
  expect(JSON.stringify(await storedText(page))).not.toContain('s3cret')
  expect(await page.content()).not.toContain('s3cret')
})

const APPLIANCE = { appliance: { name: 'rescue', permanent: false }, autoreboot_on: true, power_on: true }
const OLDER = 'This BigV server doesn’t have the rescue system'

test('shows a plan in other tabs, where it can be cancelled but not resumed @long', async ({
  page,
  account,
  bigv,
  context,
}) => {
  await openMachine(page, account, 'www1', { tab: 'settings' })
  await button(page, 'Start rescue…').click()
  const dialog = dialogNamed(page, 'Shut down www1 and start its rescue system?')
  await expect(dialog).toContainText('Older versions of BigV boot normally instead')
  await check(page, 'the dialog of a rescue start', DIALOG)
  await dialog.getByRole('button', { name: 'Shut down, start rescue' }).click()
  await expect(step(page, LABELS.shutDown)).toContainText('overdue after 2 min')

  await test.step('cancels the plan in another tab', async () => {
    const other = await context.newPage()
    await other.goto(`${listPath(account)}/www1`)
    await expect(panel(other)).toContainText('Shut down, start rescue, in another tab')
    await expect(step(other, LABELS.shutDown)).toContainText(', running')
    const locked = '“Shut down, start rescue” is running in another tab. Cancel it first.'
    await expectReason(other, LABELS.reboot, locked)
    await button(other, 'Cancel remaining steps').click()
    await expect(panel(other)).toContainText('Shut down, start rescue, in another tab: stopped')
    await expect(panel(other)).toContainText('Resume it in the tab where it was started.')
    await expect(button(other, 'Resume')).toHaveCount(0)
    await other.close()
  })
  await expect(panel(page)).toContainText('Shut down, start rescue: stopped')
  await expect(panel(page)).toContainText(
    'On. If it powers off, it stays off. The rescue system was not started.',
  )
  // The shutdown is still watched, now without the plan.
  await bigv.setMachine(account.machine('www1').id, { power_on: false })
  await expect(toast(page, 'www1 has shut down')).toBeVisible()
  await expect(panel(page)).toContainText('Off. It stays off until you start it.')
  const { put, keepOff, powerdown } = requests(account)
  await expect(bigv).toHaveReceived([keepOff, powerdown])
  await button(page, 'Resume').click()
  await expect(panel(page)).toContainText('Shut down, start rescue: done')
  await expect(step(page, 'Start the rescue system')).toContainText(OLDER)
  await expect(bigv).toHaveReceived([keepOff, powerdown, put(APPLIANCE)])

  await test.step('lists its actions under the plan in the activity', async () => {
    const list = operations(await openActivity(page))
    await expect(list.getByRole('heading')).toHaveText([
      'Shut down, start rescue www1',
      LABELS.shutDown,
      'Start rescue',
    ])
    await expect(list.getByRole('list', { name: 'Steps' })).toHaveText(
      'Shut down, doneStart the rescue system, done',
    )
    await expect(list.getByRole('list', { name: 'Actions in the plan' })).toContainText('/signal')
    await check(page, 'a plan in the activity', DIALOG)
    await page.keyboard.press('Escape')
  })

  await test.step('hides the panel with the next action', async () => {
    await confirm(page, LABELS.stop, 'www1')
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
    await expect(panel(page)).toBeHidden()
  })
})

test('starts the rescue system of a stopped machine with one request', async ({ page, account, bigv }) => {
  await bigv.setMachine(account.machine('www1').id, { power_on: false, autoreboot_on: false })
  await openMachine(page, account, 'www1', { tab: 'settings' })
  await button(page, 'Start rescue…').click()
  await button(dialogNamed(page, 'Start rescue www1?'), 'Start rescue').click()
  await expect(toast(page, 'www1 is running')).toContainText(`${OLDER}, so the machine booted normally.`)
  await expect(panel(page)).toBeHidden()
  await expect(bigv).toHaveReceived([requests(account).put(APPLIANCE)])
})
