import { expect, type Page, test } from './fixtures.ts'
import { box, machineLinks, row, selected, selectionBar } from './steps/list.ts'
import { button, expectPageWidth } from './steps/page.ts'
import { open } from './steps/sign-in.ts'

test.use({
  wanted: {
    groups: ['staging'],
    machines: [
      { name: 'db1', power_on: true },
      { name: 'db2' },
      { name: 'web1', group: 'staging', power_on: true },
      { name: 'web2', group: 'staging', power_on: true },
    ],
  },
})

const headings = (page: Page) => page.getByRole('rowheader').filter({ hasText: ' · ' })
const under = (page: Page, name: string) => page.getByRole('checkbox', { name })

test('groups a list under headings with counts, each of which selects its machines', async ({
  page,
  account,
}) => {
  const path = `/accounts/${account.account}/virtual_machines`
  await open(page, account, path)
  await expect(machineLinks(page)).toHaveText(['db1', 'db2', 'web1', 'web2'])
  await button(page, 'View').click()
  await page.getByRole('menuitemradio', { name: 'Group', exact: true }).click()
  await expect(page).toHaveURL(`${path}?group=group`)
  await expect(headings(page)).toHaveText(['default · 2 machines · 1 on', 'staging · 2 machines · 2 on'])

  await test.step('sorts inside each heading', async () => {
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
    await expect(page).toHaveURL(`${path}?group=group&sort=-name`)
    await expect(machineLinks(page)).toHaveText(['db2', 'db1', 'web2', 'web1'])
  })

  await test.step('selects all machines of a heading, and shows if only some are selected', async () => {
    const staging = under(page, 'Select 2 machines: staging')
    await box(page, 'web1').check()
    await expect(staging).toHaveJSProperty('indeterminate', true)
    await staging.check()
    await expect(selected(page)).toHaveText(['web2', 'web1'])
    await staging.uncheck()
    await expect(selected(page)).toHaveCount(0)
  })

  await test.step('skips headings with keys and in ranges', async () => {
    await row(page, 'db1').getByRole('link').focus()
    await page.keyboard.press('Shift+ArrowDown')
    await expect(row(page, 'web2').getByRole('link')).toBeFocused()
    await expect(selected(page)).toHaveText(['db1', 'web2'])
    await button(selectionBar(page), 'Clear selection').click()
  })

  await test.step('prints the headings', async () => {
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('row').filter({ hasText: ' · ' })).toHaveText([
      'default · 2 machines · 1 on',
      'staging · 2 machines · 2 on',
    ])
    await page.emulateMedia({ media: 'screen' })
  })

  await test.step('opens on a phone as in the link', async () => {
    await page.setViewportSize({ width: 360, height: 780 })
    await page.goto(`${path}?group=state`)
    await expect(headings(page)).toHaveText(['Running · 3 machines', 'Stopped · 1 machine'])
    await under(page, 'Select 3 machines: Running').check()
    await expect(selectionBar(page)).toContainText('3 selected')
    await expectPageWidth(page, 360)
  })
})
