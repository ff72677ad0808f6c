import { check, DIALOG } from './axe.ts'
import { type Account, type Bigv, expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { openRowMenu } from './steps/list.ts'
import { button, card, dialogNamed, openEntry, sessionLink, textToCopy, toast } from './steps/page.ts'
import { openMachine } from './steps/sign-in.ts'

test.use({
  wanted: {
    machines: [{ name: 'www1', power_on: true }, { name: 'gone', deleted: true }, { name: 'www2' }],
  },
})

const addresses = (page: Page) => page.getByRole('list', { name: /^Addresses of/ }).getByRole('listitem')

/** Opens the Network tab of www1 and returns its NIC as BigV has it. */
async function openNetwork(page: Page, account: Account, bigv: Bigv) {
  await openMachine(page, account, 'www1', { tab: 'network' })
  const [nic] = (await bigv.machine(account.machine('www1').id)).nics
  const [ipv4, ipv6] = nic?.ips ?? []
  if (!nic || !ipv4 || !ipv6) throw new Error('www1 has no NIC with two addresses.')
  return { ...nic, ipv4, ipv6 }
}

test('shows, changes and removes the reverse DNS of each address @long', async ({ page, account, bigv }) => {
  // The first fetch of the IPv4 address fails, which doesn't affect the other address.
  await bigv.failNext(account, 'GET', { kind: 'status', status: 403 }, '^/ips/[0-9.]+$')
  const nic = await openNetwork(page, account, bigv)
  const { ipv4, ipv6 } = nic
  await expect(page.getByText(nic.mac)).toBeVisible()
  await expect(page.getByText(`VLAN${nic.vlan_num}`)).toBeVisible()
  await expect(button(card(page, 'Interface'), `Copy ${ipv6}`)).toBeVisible()
  const first = addresses(page).filter({ hasText: ipv4 })
  const second = addresses(page).filter({ hasText: ipv6 })
  await expect(first).toContainText('Not allowed (403): ')
  await expect(second).toContainText('none')
  await first.getByRole('button', { name: 'Try again' }).click()
  await expect(first).toContainText('none')
  await check(page, 'the network')

  await page.getByRole('button', { name: `Change reverse DNS of ${ipv6}` }).click()
  const dialog = dialogNamed(page, `Reverse DNS of ${ipv6}`)
  const name = dialog.getByLabel('Host name')
  const save = dialog.getByRole('button', { name: 'Save' })
  await expect(save).toHaveAccessibleDescription('No changes to save.')
  await name.fill('my_host.example.com')
  await expect(name).toHaveAccessibleDescription(/“my_host” has others/)
  await expect(save).toBeDisabled()
  await check(page, 'reverse DNS, with an error', DIALOG)
  await name.fill('www.example.com.')
  await expect(dialog).toContainText('{"rdns":"www.example.com."}')
  await bigv.failNext(
    account,
    'PUT',
    { kind: 'status', status: 400, body: { rdns: ['is not yours'] } },
    '^/ips/',
  )
  await save.click()
  await expect(name).toHaveAccessibleDescription(/BigV said: is not yours/)
  await expect(name).toHaveValue('www.example.com.')
  await save.click()
  await expect(dialog).toBeHidden()
  await expect(second).toContainText('www.example.com')

  await page.getByRole('button', { name: `Change reverse DNS of ${ipv6}` }).click()
  await name.fill('')
  await name.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(second).toContainText('none')
  const path = `/ips/${encodeURIComponent(ipv6)}`
  await expect(bigv).toHaveReceived(
    ['www.example.com.', 'www.example.com.', null].map((rdns) => ({ method: 'PUT', path, body: { rdns } })),
  )
})

test('requests additional addresses with a reason and shows them', async ({ page, account, bigv }) => {
  const nic = await openNetwork(page, account, bigv)
  await page.getByRole('button', { name: 'Request addresses' }).click()
  const dialog = dialogNamed(page, 'Request addresses for www1')
  const request = dialog.getByRole('button', { name: 'Request', exact: true })
  await expect(dialog).toContainText(
    'Addresses can’t be released here, and older versions of BigV may not release them at all.',
  )
  await expect(request).toHaveAccessibleDescription(/BigV requires one/)
  await dialog.getByLabel('How many').fill('0')
  await expect(dialog.getByLabel('How many')).toHaveAccessibleDescription('Enter a whole number, at least 1.')
  await dialog.getByLabel('How many').fill('99')
  await dialog.getByLabel('Reason').fill('TLS')
  await request.click()
  await expect(dialog.getByLabel('How many')).toHaveAccessibleDescription(/^BigV said: /)
  await expect(dialog.getByLabel('Reason')).toHaveValue('TLS')
  await check(page, 'the Request addresses dialog', DIALOG)
  await dialog.getByLabel('How many').fill('2')
  await request.click()
  const result = page.getByRole('dialog', { name: 'New addresses for www1' })
  await expect(result).toContainText(/New: [0-9.]+, [0-9.]+\./)
  await check(page, 'the new addresses', DIALOG)
  const added = /New: (\S+), (\S+)\./.exec(await result.innerText())?.slice(1) ?? []
  await result.getByRole('button', { name: 'Close' }).first().click()
  for (const address of added) {
    await expect(addresses(page).filter({ hasText: address })).toContainText(`routed to ${nic.ipv4}`)
  }
  const ipCreate = (many: number) => ({
    method: 'POST',
    path: `${account.machine('www1').path}/nics/${nic.id}/ip_create`,
    body: { addresses: many, family: 'ipv4', reason: 'TLS', contiguous: false },
  })
  await expect(bigv).toHaveReceived([ipCreate(99), ipCreate(2)])
})

test('disables network changes for a deleted machine @long', async ({ page, account }) => {
  await openMachine(page, account, 'gone', { tab: 'network' })
  for (const name of ['Request addresses', /^Change reverse DNS of 1/]) {
    await expect(page.getByRole('button', { name }).first()).toHaveAccessibleDescription(
      'Deleted. Undelete it first.',
    )
  }
})

test('swaps the addresses of two machines, and disables actions on both meanwhile', async ({
  page,
  account,
  bigv,
}) => {
  const idOf = (name: string) => account.machine(name).id
  const ipsOf = async (name: string) => (await bigv.machine(idOf(name))).nics[0]?.ips ?? []
  const [www1, www2] = [await ipsOf('www1'), await ipsOf('www2')]
  await openNetwork(page, account, bigv)
  await page.getByRole('button', { name: 'Swap addresses…' }).click()
  const dialog = dialogNamed(page, 'Swap addresses of www1')
  const swap = dialog.getByRole('button', { name: 'Swap addresses' })
  await expect(swap).toHaveAccessibleDescription('Choose a machine.')
  await expect(dialog).toContainText('Swapping doesn’t change the guests’ own network settings.')
  await dialog.getByLabel('Machine').selectOption('www2')
  await expect(dialog.getByRole('row', { name: /^www2/ })).toHaveText(`www2${www2.join('')}${www1.join('')}`)
  await check(page, 'the Swap addresses dialog', DIALOG)
  const body = (move_additional_ips: boolean) => ({
    virtual_machine_1_id: idOf('www1'),
    virtual_machine_2_id: idOf('www2'),
    move_additional_ips,
  })
  await expect(dialog).toContainText('POST /ips/swap_virtual_machine_ips')
  await expect(dialog).toContainText(JSON.stringify(body(false)))
  await dialog.getByLabel('Also swap additional addresses').check()
  await expect(dialog).toContainText(JSON.stringify(body(true)))
  await dialog.getByLabel('Also swap additional addresses').uncheck()

  // No answer: both machines are fetched, and nothing is sent automatically.
  await bigv.failNext(account, 'POST', { kind: 'cut-before' }, '^/ips/')
  await swap.click()
  await expect(dialog.getByRole('alert')).toContainText('They still have their old addresses.')
  await bigv.failNext(account, 'POST', { kind: 'slow', delayMs: 3_000 }, '^/ips/')
  await swap.click()
  // During the request the other machine's actions are disabled, too.
  await dialog.getByRole('button', { name: 'Close' }).first().click()
  await page.getByRole('link', { name: 'default' }).first().click()
  await openRowMenu(page, 'www2')
  await expect(page.getByRole('menuitem', { name: 'Copy address' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: LABELS.start, exact: true })).toBeHidden()
  await page.keyboard.press('Escape')
  const message = toast(page, 'Addresses of www1 swapped')
  await expect(message).toContainText(`www1 now has ${www2.join(', ')}, www2 has ${www1.join(', ')}.`)
  expect([await ipsOf('www1'), await ipsOf('www2')]).toEqual([www2, www1])
  const swapped = { method: 'POST', path: '/ips/swap_virtual_machine_ips', body: body(false) }
  await expect(bigv).toHaveReceived([swapped, swapped])
  await sessionLink(page, 'Activity').click()
  const entry = await openEntry(page, 'Swap addresses www1')
  expect(await textToCopy(page, entry, 'Copy for the command-line client')).toBe(
    `bytemark update server --server www1.default.${account.account} --swap-ips-with www2.default.${account.account}`,
  )
})
