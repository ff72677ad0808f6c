import { expect, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import {
  box,
  bulkButton,
  chooseBulk,
  machineLinks,
  row,
  searchBox,
  selectAll,
  selected,
  selectionBar,
} from './steps/list.ts'
import { button, dialogNamed, expectPage } from './steps/page.ts'
import { open } from './steps/sign-in.ts'

const NAMES = ['db1', 'db2', 'web1', 'web2', 'web3', 'web10']

test.use({
  wanted: { machines: NAMES.map((name) => ({ name, power_on: name !== 'db2' })) },
})

test('selects machines one by one, by range, or all that the list shows, and keeps them', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await open(page, account)
  await expect(machineLinks(page)).toHaveText(NAMES)
  await expect(selectionBar(page)).toBeHidden()

  await test.step('selects one by one, shows the count, and moves no row', async () => {
    const before = await row(page, 'web10').boundingBox()
    await box(page, 'web1').check()
    await expect(selectionBar(page)).toContainText('1 selected')
    await expect(page.locator('[aria-live]').filter({ hasText: '1 selected.' })).toHaveCount(1)
    expect(await row(page, 'web10').boundingBox()).toEqual(before)
  })

  await test.step('selects a range with Shift, and replaces it by another one', async () => {
    await box(page, 'web10').click({ modifiers: ['Shift'] })
    await expect(selected(page)).toHaveText(['web1', 'web2', 'web3', 'web10'])
    await box(page, 'db2').click({ modifiers: ['Shift'] })
    await expect(selected(page)).toHaveText(['db2', 'web1'])
    await box(page, 'web2').click({ modifiers: ['Shift'] })
    await expect(selected(page)).toHaveText(['web1', 'web2'])
    // A range that starts at a deselected machine deselects.
    await box(page, 'web1').uncheck()
    await box(page, 'web2').click({ modifiers: ['Shift'] })
    await expect(selected(page)).toHaveCount(0)
    await expect(selectionBar(page)).toBeHidden()
  })

  await test.step('selects all matches of a search, and counts those not shown', async () => {
    await box(page, 'db1').check()
    await searchBox(page).fill('web')
    await expect(machineLinks(page)).toHaveCount(4)
    await expect(selectionBar(page)).toContainText('1 selected, 1 not shown')
    await selectionBar(page).getByRole('button', { name: 'Select all 4 that match' }).click()
    await expect(selectionBar(page)).toContainText('5 selected, 1 not shown')
    await expect(selectionBar(page).getByRole('button', { name: /^Select all/ })).toBeHidden()
  })

  await test.step('lists those not shown first when it asks for confirmation', async () => {
    await chooseBulk(page, LABELS.shutDown)
    await expect(dialogNamed(page).getByRole('region', { name: 'Names: Shut down 5' })).toHaveText(
      'Not shown in the list (1)db1Shown (4)web1, web2, web3, web10',
    )
    await button(dialogNamed(page), 'Cancel').click()
  })

  await test.step('drops those not shown', async () => {
    await button(selectionBar(page), 'Only shown').click()
    await searchBox(page).fill('')
    await expect(selected(page)).toHaveText(['web1', 'web2', 'web3', 'web10'])
  })

  await test.step('says how many machines each button would affect', async () => {
    await button(selectionBar(page), 'Select all 6').click()
    await expect(selected(page)).toHaveCount(6)
    await expect(bulkButton(page, LABELS.start)).toHaveText('Start 1')
    await expect(bulkButton(page, LABELS.restart)).toHaveText('Restart 5')
    await button(selectionBar(page), 'Clear selection').click()
    await expect(selected(page)).toHaveCount(0)
  })

  await test.step('selects and deselects all machines with the header’s checkbox', async () => {
    // Room for the header and about three machines.
    await page.setViewportSize({ width: 1280, height: 360 })
    await selectAll(page)
    await expect(selectionBar(page)).toContainText('6 selected')
    await box(page, 'db1').uncheck()
    const all = page.getByRole('checkbox', { name: 'Clear selection' })
    await expect(all).toHaveJSProperty('indeterminate', true)
    await all.click()
    await expect(selected(page)).toHaveCount(0)
    await page.setViewportSize({ width: 1280, height: 720 })
  })

  await test.step('keeps the selection during a refresh, sorting and a visit to a machine', async () => {
    await box(page, 'db2').check()
    await box(page, 'web2').check()
    await bigv.setMachine(account.machine('db2').id, { power_on: true })
    await page.clock.fastForward(10_000)
    await expect(row(page, 'db2')).toContainText('Running')
    await expect(selected(page)).toHaveText(['db2', 'web2'])
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
    await expect(selected(page)).toHaveText(['web2', 'db2'])
    await row(page, 'web2').getByRole('link').click()
    await expectPage(page, 'web2')
    await page.goBack()
    await expect(selected(page)).toHaveText(['web2', 'db2'])
  })

  await test.step('keeps a machine selected that was deleted elsewhere, and counts it as not shown', async () => {
    const id = account.machine('web2').id
    await bigv.setMachine(id, { deleted: true })
    await page.clock.fastForward(10_000)
    await expect(row(page, 'web2')).toBeHidden()
    await expect(selectionBar(page)).toContainText('2 selected')
    await expect(selectionBar(page)).toContainText('1 not shown')
    await bigv.setMachine(id, { deleted: false })
    await page.clock.fastForward(10_000)
    await expect(selected(page)).toHaveText(['web2', 'db2'])
  })
})
