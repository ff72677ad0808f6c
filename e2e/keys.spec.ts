import type { APIRequestContext } from '@playwright/test'
import { check, DIALOG } from './axe.ts'
import { type Account, expect, type Page, test } from './fixtures.ts'
import { button, dialogNamed, expectPage, sessionLink } from './steps/page.ts'
import { expectNothingSent } from './steps/received.ts'
import { basic, open } from './steps/sign-in.ts'
import { PUBLIC_KEY } from './wizard.ts'

const LAPTOP = PUBLIC_KEY
const PHONE = LAPTOP.replace('ICyA', 'ICyB').replace('laptop', 'phone')
const DESK = LAPTOP.replace('ICyA', 'ICyC').replace('laptop', 'desk')
const THEIRS = LAPTOP.replace('ICyA', 'ICyD').replace('me@laptop', 'they@there')

const keys = (page: Page) => page.getByRole('list', { name: 'Keys' }).getByRole('listitem')
const field = (page: Page) => page.getByLabel('Public keys')

/** Returns `setElsewhere`, which changes the user's keys outside the page, and `put`, the request the page should send. */
async function keysOf({ username, password }: Account, request: APIRequestContext, servers: { url: string }) {
  const users = `${servers.url}/api/users`
  const headers = { Authorization: basic(username, password) }
  const { id } = (await (await request.get(`${users}/${username}`, { headers })).json()) as { id: number }
  return {
    setElsewhere: async (authorized_keys: string) => {
      const answer = await request.put(`${users}/${id}`, { headers, data: { authorized_keys } })
      expect(answer.ok()).toBe(true)
    },
    put: (...all: string[]) => ({
      method: 'PUT',
      path: `/users/${id}`,
      body: { authorized_keys: all.join('\n') },
    }),
  }
}

test('checks SSH keys and adds several at once @firefox', async ({
  page,
  account,
  bigv,
  servers,
  request,
}) => {
  const { put } = await keysOf(account, request, servers)
  await open(page, account)
  await sessionLink(page, 'SSH keys').click()
  await expect(page).toHaveURL('/keys')
  await expect(page.getByText('No keys yet')).toBeVisible()
  await button(page, 'Add keys').click()
  await expect(field(page)).toHaveAccessibleDescription(/Paste a public key first/)
  await check(page, 'no keys, with errors')
  await field(page).fill(`${LAPTOP}\nssh-rsa nonsense`)
  await expect(field(page)).toHaveAccessibleDescription(/Key 2 isn’t a complete public key/)
  await field(page).fill(`${LAPTOP}\n\n${PHONE}`)
  await button(page, 'Add keys').click()
  await expect(keys(page)).toHaveText([/me@laptop/, /me@phone/])
  await expect(keys(page).first()).toContainText('ssh-ed25519')
  await expect(keys(page).first()).toContainText('SHA256:8F3FIKDoitzKOErEEOL9RtjfKvQfzfxKMJf6p6lbDYk')
  await expect(field(page)).toHaveValue('')
  await expect(bigv).toHaveReceived([put(LAPTOP, PHONE)])
  await check(page, 'the keys', 'main')
})

test('shows and keeps an SSH key that somebody else added while the form was open', async ({
  page,
  account,
  bigv,
  servers,
  request,
}) => {
  const { setElsewhere, put } = await keysOf(account, request, servers)
  await setElsewhere(LAPTOP)
  await open(page, account, '/keys')
  await expect(keys(page)).toHaveCount(1)
  await setElsewhere(`${LAPTOP}\n${THEIRS}`)
  await bigv.clearRequests()
  await field(page).fill(DESK)
  await button(page, 'Add keys').click()
  await expect(page.getByRole('alert')).toContainText('Your keys were changed elsewhere')
  await expect(page.getByRole('alert')).toContainText('“they@there” was added.')
  await expect(keys(page)).toHaveCount(2)
  await expect(field(page)).toHaveValue(DESK)
  await expectNothingSent(page, bigv)

  await bigv.failNext(account, 'PUT', { kind: 'status', status: 400, body: 'No room' }, '^/users/')
  await button(page, 'Add keys').click()
  await expect(page.getByRole('alert')).toContainText(': No room')
  await expect(field(page)).toHaveValue(DESK)
  await button(page, 'Add keys').click()
  await expect(keys(page)).toHaveCount(3)
  await expect(bigv).toHaveReceived([put(LAPTOP, THEIRS, DESK), put(LAPTOP, THEIRS, DESK)])
})

test('removes an SSH key without losing others, and warns before the last is removed', async ({
  page,
  account,
  bigv,
  servers,
  request,
}) => {
  const { setElsewhere, put } = await keysOf(account, request, servers)
  await setElsewhere(`${LAPTOP}\n${PHONE}\n${THEIRS}`)
  await open(page, account, '/keys')
  await button(page, 'Remove me@phone').click()
  const dialog = dialogNamed(page, 'Remove me@phone?')
  await expect(dialog).toContainText(`PUT ${put().path}`)
  await setElsewhere(`${LAPTOP}\n${PHONE}`)
  await bigv.clearRequests()
  await button(dialog, 'Remove').click()
  await expect(dialog.getByRole('alert')).toContainText('“they@there” was removed.')
  await expectNothingSent(page, bigv)
  await button(dialog, 'Remove').click()
  await expect(dialog).toBeHidden()
  await expect(keys(page)).toHaveText([/me@laptop/])
  await expect(bigv).toHaveReceived([put(LAPTOP)])

  await button(page, 'Remove me@laptop').click()
  await expect(dialogNamed(page)).toContainText('This is your last key')
  await check(page, 'the dialog before the last key is removed', DIALOG)
  await button(dialogNamed(page), 'Remove').click()
  await expect(page.getByText('No keys yet')).toBeVisible()
  await expect(bigv).toHaveReceived([put(LAPTOP), put('')])
})

test('fetches the SSH keys again when they are opened from the activity @long', async ({
  page,
  account,
  servers,
  request,
}) => {
  const { setElsewhere } = await keysOf(account, request, servers)
  await open(page, account, '/keys')
  await field(page).fill(`${LAPTOP}\n${PHONE}`)
  await button(page, 'Add keys').click()
  await expect(keys(page)).toHaveCount(2)
  await setElsewhere(LAPTOP)
  await sessionLink(page, 'Activity').click()
  await page.getByRole('main').getByRole('link', { name: account.username }).click()
  await expect(keys(page)).toHaveCount(1)
})

test('shows BigV’s definitions with their descriptions on the platform page @long', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account, '/keys')
  await page.getByRole('link', { name: 'Platform' }).click()
  await expect(page).toHaveURL('/platform')
  await expectPage(page, 'Platform')
  const card = (name: string) => page.getByRole('region', { name })
  await expect(card('Distributions')).toContainText('Debian 7 (Wheezy)')
  await expect(card('Storage grades')).toContainText('archive')
  await expect(card('Hardware profiles')).toContainText('virtio2013')
  await expect(card('Zones')).toContainText('york')
  await expect(card('Keyboard layouts')).toContainText('en-gb')
  await check(page, 'the platform')
  const definitions = (await bigv.requests()).filter(({ path }) => path === '/definitions')
  expect(definitions).toHaveLength(1)

  await page.getByRole('link', { name: 'SSH keys' }).click()
  await expect(page.getByText('No keys yet')).toBeVisible()
  await bigv.addFault({ kind: 'status', status: 404, match: { path: '^/users/' }, times: null })
  await page.getByRole('link', { name: 'Platform' }).click()
  await page.getByRole('link', { name: 'SSH keys' }).click()
  await expect(page.getByRole('alert')).toContainText('Couldn’t load the SSH keys')
})
