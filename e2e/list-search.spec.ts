import { listPath } from './account.ts'
import { check } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { facet, header, machineLinks, row, searchBox } from './steps/list.ts'
import { expectPage } from './steps/page.ts'
import { open } from './steps/sign-in.ts'

import { MIXED } from './mixed-machines.ts'

test.use({ wanted: MIXED })

test('opens the first match with Enter, and moves into the rows with the down arrow @firefox', async ({
  page,
  account,
}) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveCount(4)
  await page.keyboard.press('/')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('link', { name: 'Apache' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('link', { name: 'db1' })).toBeFocused()
  await page.keyboard.press('/')
  await page.keyboard.type('web')
  await page.keyboard.press('Enter')
  await expectPage(page, 'web2')
  await page.goBack()
  await expect(searchBox(page)).toHaveValue('web')
  await expect(machineLinks(page)).toHaveText(['web2', 'web10'])
  await searchBox(page).press('ArrowDown')
  await expect(page.getByRole('link', { name: 'web2' })).toBeFocused()
})

test('restores the search and the sort from a link, also from an older link @firefox', async ({
  page,
  account,
}) => {
  await open(page, account)
  await page.goto(`${listPath(account)}?deleted=only`)
  await expect(page).toHaveURL(`${listPath(account)}?q=is%3Adeleted`)
  await expect(facet(page, 'Deleted')).toBeChecked()
  await expect(machineLinks(page)).toHaveText(['web1'])
  await page.goto(`${listPath(account)}?q=web&sort=-cores&deleted=1`)
  await expect(page).toHaveURL(`${listPath(account)}?q=web&sort=-cores`)
  await expect(machineLinks(page)).toHaveText(['web2', 'web10'])
  await expect(searchBox(page)).toHaveValue('web')
  await expect(header(page, 'Cores')).toHaveAttribute('aria-sort', 'descending')
})

test('finds machines by name, hostname, ID, address and several words @firefox', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  const web2 = await bigv.machine(account.machine('web2').id)
  const found = async (text: string, names: string[]) => {
    await searchBox(page).fill(text)
    await expect(machineLinks(page)).toHaveText(names)
  }
  await found('WEB', ['web2', 'web10'])
  await found('eb2 w', ['web2'])
  await found(web2.hostname, ['web2'])
  await found(`${account.account} apa`, ['Apache'])
  await found(web2.nics[0]?.ips[0] ?? '', ['web2'])
  // The digits of an ID may be in other texts of a machine, too, such as its head.
  await found(`id:${web2.id}`, ['web2'])
  await searchBox(page).fill(String(web2.id))
  await expect(machineLinks(page).filter({ hasText: /^web2$/ })).toBeVisible()
  await expect(page).toHaveURL(`${listPath(account)}?q=${web2.id}`)

  await found('no such machine', [])
  await expect(page.getByText('No machine matches “no such machine”.')).toBeVisible()
  await check(page, 'a search without matches', 'main')
  await page.getByRole('button', { name: 'Clear search' }).click()
  await expect(machineLinks(page)).toHaveCount(4)
  await expect(page).toHaveURL(listPath(account))
})

test('focuses the search with “/”, clears it with Escape, and adds nothing to the history @long', async ({
  page,
  account,
}) => {
  await open(page, account)
  await page.getByRole('link', { name: 'staging' }).click()
  await expect(machineLinks(page)).toHaveText(['try1'])
  await page.keyboard.press('/')
  await expect(searchBox(page)).toBeFocused()
  await expect(searchBox(page)).toHaveValue('')
  await page.keyboard.type('a/b')
  await expect(searchBox(page)).toHaveValue('a/b')
  await expect(page).toHaveURL(`${listPath(account, 'staging')}?q=a%2Fb`)
  await page.keyboard.press('Escape')
  await expect(searchBox(page)).toHaveValue('')
  await expect(searchBox(page)).toBeFocused()
  await expect(page).toHaveURL(listPath(account, 'staging'))
  await page.goBack()
  await expect(page).toHaveURL(listPath(account))
})

test('drops a search that isn’t in the URL yet when the user opens a machine @long', async ({
  page,
  account,
}) => {
  await open(page, account)
  await searchBox(page).fill('web2')
  // By keyboard: the rows move under the pointer while the search is applied.
  await row(page, 'web2').getByRole('link').press('Enter')
  await expectPage(page, 'web2')
  await expect(page).toHaveURL(account.machine('web2').path)
  await page.getByRole('link', { name: 'staging' }).click()
  await expect(machineLinks(page)).toHaveText(['try1'])
  await expect(searchBox(page)).toHaveValue('')
})
