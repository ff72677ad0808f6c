import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createGroup, deleteGroup } from '../actions/groups.ts'
import { setKeys } from '../actions/ssh-keys.ts'
import { request } from '../api/http.ts'
import { queryClient } from '../api/query-client.ts'
import { anything } from '../api/schema.ts'
import { status, useSimulatedBigv, userOf } from '../api/testing/simulated-bigv.ts'
import { fetchUser, userPath, userQueries, type User } from '../api/users.ts'
import type { BasicCredentials } from '../session/credentials.ts'
import { cancelSignInAgain, currentSession, signIn, signOut } from '../session/session.ts'
import { setReadOnly } from '../session/read-only.ts'
import { bindResourceAction } from './resource-action.ts'
import { clearOperations, operations } from './store.ts'

const LATE =
  'It took more than a minute to sign in again, so this wasn’t sent. Send it now if you still want it.'
const REFUSED = 'BigV rejected your sign-in (401).'

const bigv = useSimulatedBigv()
let account: string
let user: BasicCredentials

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
  await signInToNewAccount()
})
afterEach(() => {
  setReadOnly(false)
  clearOperations()
  signOut()
  vi.useRealTimers()
})

async function signInToNewAccount(wanted: Parameters<typeof bigv.control.createAccount>[0] = {}) {
  const made = await bigv.control.createAccount(wanted)
  account = made.account
  user = userOf(made)
  signIn(user, false)
  return made
}

const create = (name = 'staging') => bindResourceAction(createGroup, { account, name }).run()
const again = (username = user.username) => signIn({ ...user, username }, false)
// Longer than the default of one second, because the computer may be busy.
const WAIT = { timeout: 10_000 }
const refusedOnce = () => vi.waitFor(() => expect(operations().at(-1)?.phase).toBe('signing in'), WAIT)
const methods = async () => (await bigv.received()).map(({ method }) => method)

describe('a change of a group, privilege or user that is answered with 401', () => {
  beforeEach(() => bigv.answer('POST', status(401)))

  test('is checked and sent once more after the same user signs in again', async () => {
    const change = create()
    await refusedOnce()
    expect([currentSession().expired, await methods()]).toEqual([true, ['POST']])
    vi.setSystemTime(Date.now() + 59_000)
    again()
    expect(await change).toEqual({ is: 'done' })
    // The requests: the check, the repeated write, and the fetch afterwards.
    expect(await methods()).toEqual(['POST', 'GET', 'POST', 'GET'])
    expect(operations()[0]).toMatchObject({ outcome: 'done', note: '' })
    expect(operations()[0]?.steps.map(({ trace }) => trace?.status)).toEqual([401, 200])
  })

  test('waits for the same sign-in as others, and each is sent once', async () => {
    await bigv.answer('POST', status(401), status(401))
    const heard: boolean[] = []
    const changes = ['a', 'b', 'c'].map((name) => create(name))
    await vi.waitFor(
      () => expect(operations().map(({ phase }) => phase)).toEqual(Array(3).fill('signing in')),
      WAIT,
    )
    heard.push(currentSession().expired)
    again()
    expect(await Promise.all(changes)).toEqual([{ is: 'done' }, { is: 'done' }, { is: 'done' }])
    const sent = (await bigv.received()).filter(({ method }) => method === 'POST')
    expect(sent.map(({ body }) => (body as { name: string }).name).toSorted()).toEqual([
      'a',
      'a',
      'b',
      'b',
      'c',
      'c',
    ])
    expect(heard).toEqual([true])
  })

  test.each([
    ['the user cancels the sign-in', cancelSignInAgain, 'Sign-in was cancelled.', 'Not sent again.'],
    [
      'another user signs in',
      () => again('colleague'),
      'Another user signed in, so the request was cancelled.',
      'Another user signed in, so the request was cancelled.',
    ],
    ['the user signs out', signOut, 'Sign-in was cancelled.', 'Not sent again.'],
    [
      'more than a minute has passed',
      () => {
        vi.setSystemTime(Date.now() + 60_001)
        again()
      },
      LATE,
      `Not sent again: ${LATE}`,
    ],
    [
      'read-only mode was turned on',
      () => {
        setReadOnly(true)
        again()
      },
      'Read-only mode is on. Turn it off to make changes.',
      'Not sent again: Read-only mode is on. Turn it off to make changes.',
    ],
  ])('is dropped with a reason if %s', async (_, act, why, note) => {
    const change = create()
    await refusedOnce()
    act()
    expect(await change).toMatchObject({ is: 'dropped', why, error: { status: 401 } })
    expect(await methods()).toEqual(['POST'])
    expect(operations()[0]).toMatchObject({ outcome: 'refused', note: `${REFUSED} ${note}` })
  })

  test('is dropped if its target has changed', async () => {
    await signInToNewAccount({ groups: ['staging'] })
    const change = create()
    await refusedOnce()
    again()
    expect(await change).toMatchObject({
      is: 'dropped',
      why: 'A group called staging has since been created.',
    })
    expect(await methods()).toEqual(['POST', 'GET'])
  })
})

test('a change of a group, privilege or user that BigV refuses otherwise isn’t sent again', async () => {
  await bigv.answer('POST', status(403))
  expect(await create()).toMatchObject({ is: 'refused' })
  expect(await methods()).toEqual(['POST'])
  expect(operations()[0]?.outcome).toBe('refused')
})

test('a change of a resource ends as superseded if a fetch doesn’t show it, or done if none can', async () => {
  await bigv.answer('POST', status(200, {}))
  const note = 'BigV accepted the request, but doesn’t list the group staging.'
  expect(await create()).toEqual({ is: 'superseded', note })
  expect(operations()[0]).toMatchObject({ outcome: 'superseded', note })
  await bigv.answer('GET', status(503))
  expect(await create()).toEqual({ is: 'done' })
  expect(operations()[1]?.note).toBe(
    'BigV accepted the request, but checking the result failed: BigV is unavailable (503).',
  )
})

describe('a change that could undo other users’ work', () => {
  let shown: User
  const setThem = () =>
    bindResourceAction(setKeys, { user: shown, authorized_keys: 'ssh-rsa A\nssh-rsa B' }).run()
  const write = (authorized_keys: string) =>
    request('PUT', userPath(shown.id), { schema: anything, body: { authorized_keys } })

  beforeEach(async () => {
    shown = await fetchUser(user.username)
    await write('ssh-rsa A')
    shown = await fetchUser(user.username)
    await bigv.control.clearRequests()
  })

  test('fetches first, and is sent if the data is unchanged', async () => {
    expect(await setThem()).toEqual({ is: 'done' })
    expect(await methods()).toEqual(['GET', 'PUT', 'GET'])
  })

  test('isn’t sent and leaves no record if the data has changed', async () => {
    await write('ssh-rsa C')
    await bigv.control.clearRequests()
    expect(await setThem()).toEqual({
      is: 'not sent',
      reason: 'The SSH keys have changed since they were shown.',
    })
    expect([await methods(), operations()]).toEqual([['GET'], []])
    const { queryKey } = userQueries.one(user.username)
    expect(queryClient.getQueryData(queryKey)?.authorized_keys).toBe('ssh-rsa C')
  })

  test('isn’t sent if the fetch fails', async () => {
    await bigv.answer('GET', status(503))
    expect(await setThem()).toMatchObject({ is: 'fetch failed', error: { status: 503 } })
    expect(operations()).toEqual([])
  })

  test('isn’t sent if it deletes a group that is gone or isn’t empty', async () => {
    const { groups } = await signInToNewAccount({
      machines: [{ name: 'web', group: 'staging', deleted: true }],
    })
    const remove = (id = groups.find(({ name }) => name === 'staging')?.id ?? 0) =>
      bindResourceAction(deleteGroup, { account, id, name: 'staging' }).run()
    expect(await remove()).toMatchObject({
      is: 'not sent',
      reason: expect.stringContaining('1 deleted machine'),
    })
    expect(await remove(1_000_000)).toMatchObject({
      is: 'not sent',
      reason: 'The group staging no longer exists.',
    })
    expect(await methods()).toEqual(['GET', 'GET'])
  })
})
