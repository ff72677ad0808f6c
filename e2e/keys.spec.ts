import { expect, type Page, test } from './fixtures.ts'
import { dialogNamed, sessionLink } from './steps/page.ts'
import { basic, open } from './steps/sign-in.ts'

const BLOB = 'AAAAC3NzaC1lZDI1NTE5AAAAICyAsCTz0ECAwWxS0ORfFbVCVIbXwlNaUxJ8+30W/ctr'
const LAPTOP = `ssh-ed25519 ${BLOB} me@laptop`
const PHONE = LAPTOP.replace('ICyA', 'ICyB').replace('laptop', 'phone')
const DESK = LAPTOP.replace('ICyA', 'ICyC').replace('laptop', 'desk')
const THEIRS = LAPTOP.replace('ICyA', 'ICyD').replace('me@laptop', 'they@there')

const keys = (page: Page) => page.getByRole('list', { name: 'Keys' }).getByRole('listitem')

test('keys are listed, added several at once, and removed without losing others', async ({
  page,
  account,
  bigv,
  servers,
  request,
}) => {
  const { username, password } = account
  const users = `${servers.url}/api/users`
  const headers = { Authorization: basic(username, password) }
  const { id } = (await (await request.get(`${users}/${username}`, { headers })).json()) as { id: number }
  const elsewhere = async (authorized_keys: string) => {
    const answer = await request.put(`${users}/${id}`, { headers, data: { authorized_keys } })
    expect(answer.ok()).toBe(true)
    await bigv.clearRequests()
  }
  const sent = async () =>
    (await bigv.requests({ username }))
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path, body }) => ({ request: `${method} ${path}`, body }))
  const put = (authorized_keys: string) => ({
    method: 'PUT',
    path: `/users/${id}`,
    body: { authorized_keys },
  })

  await open(page, account)
  await sessionLink(page, 'SSH keys').click()
  await expect(page).toHaveURL('/keys')
  await expect(page.getByText('No keys yet')).toBeVisible()
  const field = page.getByLabel('Public keys')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(field).toHaveAccessibleDescription(/Paste a public key first/)
  await field.fill(`${LAPTOP}\nssh-rsa nonsense`)
  await expect(field).toHaveAccessibleDescription(/Key 2 is not a whole public key/)
  await field.fill(`${LAPTOP}\n\n${PHONE}`)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(keys(page)).toHaveText([/me@laptop/, /me@phone/])
  await expect(keys(page).first()).toContainText('ssh-ed25519')
  await expect(keys(page).first()).toContainText('SHA256:8F3FIKDoitzKOErEEOL9RtjfKvQfzfxKMJf6p6lbDYk')
  await expect(field).toHaveValue('')
  expect(await sent()).toEqual([put(`${LAPTOP}\n${PHONE}`)])

  // Somebody else adds one meanwhile: it is shown, nothing is sent, and it is not lost.
  await elsewhere(`${LAPTOP}\n${PHONE}\n${THEIRS}`)
  await field.fill(DESK)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('The keys have changed since they were shown')
  await expect(page.getByRole('alert')).toContainText('“they@there” was added.')
  await expect(keys(page)).toHaveCount(3)
  await expect(field).toHaveValue(DESK)
  expect(await sent()).toEqual([])
  await bigv.failNext(account, 'PUT', { kind: 'status', status: 400, body: 'No room' })
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('It said: No room')
  await expect(field).toHaveValue(DESK)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(keys(page)).toHaveCount(4)
  const four = put(`${LAPTOP}\n${PHONE}\n${THEIRS}\n${DESK}`)
  expect(await sent()).toEqual([four, four])

  await page.getByRole('button', { name: 'Remove me@phone' }).click()
  const removing = dialogNamed(page, 'Remove me@phone?')
  await expect(removing).toContainText(`PUT /users/${id}`)
  await elsewhere(`${LAPTOP}\n${PHONE}\n${DESK}`)
  await removing.getByRole('button', { name: 'Remove' }).click()
  await expect(removing.getByRole('alert')).toContainText('“they@there” was removed.')
  expect(await sent()).toEqual([])
  await removing.getByRole('button', { name: 'Remove' }).click()
  await expect(removing).toBeHidden()
  await expect(keys(page)).toHaveText([/me@laptop/, /me@desk/])
  expect(await sent()).toEqual([put(`${LAPTOP}\n${DESK}`)])

  await elsewhere(LAPTOP)
  await sessionLink(page, 'Activity').click()
  await expect(page.getByRole('link', { name: username })).toHaveCount(4)
  await page.getByRole('link', { name: username }).first().click()
  await expect(keys(page)).toHaveCount(1)
  await page.getByRole('button', { name: 'Remove me@laptop' }).click()
  const last = dialogNamed(page)
  await expect(last).toContainText('It is the last key')
  await last.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('No keys yet')).toBeVisible()
  expect(await sent()).toEqual([put('')])
})

test('the platform is what the definitions say, with their descriptions', async ({ page, account, bigv }) => {
  await open(page, account, '/keys')
  await page.getByRole('link', { name: 'Platform' }).click()
  await expect(page).toHaveURL('/platform')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Platform')
  const card = (name: string) => page.getByRole('region', { name })
  await expect(card('Distributions')).toContainText('Debian 7 (Wheezy)')
  await expect(card('Storage grades')).toContainText('archive')
  await expect(card('Hardware profiles')).toContainText('virtio2013')
  await expect(card('Zones')).toContainText('york')
  await expect(card('Keyboard layouts')).toContainText('en-gb')
  const definitions = (await bigv.requests()).filter(({ path }) => path === '/definitions')
  expect(definitions).toHaveLength(1)

  await page.getByRole('link', { name: 'SSH keys' }).click()
  await bigv.addFault({ kind: 'status', status: 404, match: { path: '^/users/' }, times: null })
  await page.getByRole('link', { name: 'Platform' }).click()
  await page.getByRole('link', { name: 'SSH keys' }).click()
  await expect(page.getByRole('alert')).toContainText('The SSH keys could not be read')
})
