import { listPath } from './account.ts'
import { check } from './axe.ts'
import { writes } from './bigv.ts'
import { expect, type Page, test } from './fixtures.ts'
import { row } from './steps/list.ts'
import { dialogNamed, refresh } from './steps/page.ts'
import { openMachine } from './steps/sign-in.ts'

test.use({
  wanted: {
    groups: ['web'],
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true },
      { name: 'off1', power_on: false, autoreboot_on: false },
      { name: 'theirs', group: 'web' },
    ],
  },
})

const identity = (page: Page) => page.getByRole('region', { name: 'Name and group' })
const group = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Groups' }).getByRole('link', { name })
const drawer = (page: Page) => page.getByRole('dialog', { name: 'Activity' })
const entries = (page: Page) => drawer(page).getByRole('list', { name: 'Operations', exact: true })
const openDrawer = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Activity' }).click()

test('a machine is moved to another group, off or by a plan; its page, both lists and the activity follow; and so where others move it', async ({
  page,
  account,
  bigv,
}) => {
  const [www1, off1, theirs] = account.machines.map(({ id }) => id) as [number, number, number]
  const [ofDefault, ofWeb] = account.groups.map(({ id }) => id) as [number, number]
  await openMachine(page, account, 'off1')
  await page.getByRole('link', { name: 'Settings' }).click()

  await test.step('one that is off, at once', async () => {
    await identity(page).getByLabel('Group').selectOption('web')
    await expect(identity(page)).toContainText(`{"group_id":${ofWeb}}`)
    await identity(page).getByRole('button', { name: 'Save' }).click()
    await expect(page).toHaveURL(`${listPath(account, 'web')}/off1?tab=settings`)
    await expect(page.getByRole('heading', { level: 1, name: 'off1' })).toBeVisible()
    await expect(identity(page).getByLabel('Group')).toHaveValue(String(ofWeb))
    await group(page, 'web').click()
    await expect(row(page, 'off1')).toBeVisible()
    await group(page, 'default').click()
    await expect(row(page, 'www1')).toBeVisible()
    await expect(row(page, 'off1')).toBeHidden()
  })

  await test.step('one that runs, by a plan', async () => {
    await row(page, 'www1').getByRole('link').click()
    await page.getByRole('link', { name: 'Settings' }).click()
    await identity(page).getByLabel('Group').selectOption('web')
    await identity(page).getByRole('button', { name: 'Shut down, change, start…' }).click()
    const dialog = dialogNamed(page, 'Shut down www1, change it and start it?')
    await expect(dialog).toContainText('group to web')
    await dialog.getByRole('button', { name: 'Shut down, change, start' }).click()
    await expect(page.getByRole('region', { name: 'Plan' })).toContainText('Shut down, change, start: done')
    await expect(page).toHaveURL(`${listPath(account, 'web')}/www1?tab=settings`)
    await group(page, 'default').click()
    await expect(page.getByText('No machines here')).toBeVisible()
    await group(page, 'web').click()
    await expect(row(page, 'www1')).toBeVisible()
    await expect(row(page, 'off1')).toBeVisible()
  })

  const was = `${listPath(account)}/`
  const moved = { group_id: ofWeb }
  expect(await writes(bigv)).toEqual([
    { method: 'PUT', path: `${was}${off1}`, body: moved },
    { method: 'PUT', path: `${was}${www1}`, body: { autoreboot_on: false } },
    { method: 'POST', path: `${was}${www1}/signal`, body: { signal: 'powerdown' } },
    { method: 'PUT', path: `${was}${www1}`, body: moved },
    {
      method: 'PUT',
      path: `${listPath(account, 'web')}/${www1}`,
      body: { autoreboot_on: true, power_on: true },
    },
  ])

  await test.step('the activity tells it as done here, and only so', async () => {
    await openDrawer(page)
    const change = entries(page).getByRole('listitem', { name: 'Change off1' })
    await expect(change).toContainText('Done')
    await expect(change).toContainText(`PUT ${was}${off1}`)
    await expect(change).toContainText(`{"group_id":${ofWeb}}`)
    await expect(entries(page)).not.toContainText('was moved')
    await page.keyboard.press('Escape')
  })

  await test.step('what somebody else moves is seen to have left, and where it has come to', async () => {
    await bigv.setMachine(theirs, { group_id: ofDefault })
    await refresh(page)
    await expect(row(page, 'theirs')).toBeHidden()
    await openDrawer(page)
    await expect(entries(page)).toContainText('theirs is no longer there: deleted, moved or gone for good')
    await page.keyboard.press('Escape')
    await group(page, 'default').click()
    await refresh(page)
    await row(page, 'theirs').getByRole('link').click()
    const seen = page.getByRole('region', { name: 'Changed elsewhere' })
    await expect(seen).toContainText('was moved from group web to default')
  })

  await test.step('and its page, where one looks at it, says that it is no longer there, and leads to where it is', async () => {
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
    await bigv.setMachine(theirs, { group_id: ofWeb })
    await refresh(page)
    await expect(page.getByText('It was moved from default, is gone for good, or is not yours')).toBeVisible()
    await check(page, 'a machine that is no longer there')
    await page.getByRole('link', { name: 'Look in all groups' }).click()
    await row(page, 'theirs').getByRole('link').click()
    await expect(page).toHaveURL(`${listPath(account, 'web')}/theirs`)
    const seen = page.getByRole('region', { name: 'Changed elsewhere' })
    await expect(seen).toContainText('was moved from group default to web')
    await page.goto(`${listPath(account)}/theirs`)
    await expect(page.getByRole('alert')).toContainText('A machine “theirs” in default could not be read')
    await page.getByRole('link', { name: 'Look in all groups' }).click()
    await expect(row(page, 'theirs')).toBeVisible()
  })
})
