import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createGroup, deleteGroup } from '../actions/groups.ts'
import { setKeys } from '../actions/ssh-keys.ts'
import { queryClient } from '../api/query-client.ts'
import { json, startFakeBigv, type FakeBigv } from '../api/testing/fake-bigv.ts'
import { userQueries } from '../api/users.ts'
import { cancelSignInAgain, currentSession, signIn, signOut } from '../session/session.ts'
import { setReadOnly } from './read-only.ts'
import { bindResourceAction } from './resource-action.ts'
import { clearOperations, operations } from './store.ts'
import { DEMO, status } from './testing/machine-at-bigv.ts'

const LATE =
  'More than a minute has passed before you signed in again, so it was not sent by itself. Send it if it is still wanted.'
const REFUSED = 'BigV does not take these credentials.'

let bigv: FakeBigv
/** What BigV answers to the next writes; it does the others. */
let answers: FakeBigv['answer'][]
/** The groups of the account, by name. */
let groups: string[]

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
  bigv = await startFakeBigv()
  answers = [status(401)]
  groups = ['default']
  bigv.answer = (request, response) => {
    if (request.method === 'GET')
      json(
        response,
        200,
        groups.map((name, id) => ({ id, name })),
      )
    else if (answers.length > 0) answers.shift()?.(request, response)
    else {
      if (request.method === 'POST') groups.push((request.body as { name: string }).name)
      json(response, 201, {})
    }
  }
  signIn(DEMO, false)
})
afterEach(async () => {
  setReadOnly(false)
  clearOperations()
  signOut()
  vi.useRealTimers()
  await bigv.close()
})

const create = (name = 'staging') => bindResourceAction(createGroup, { account: 'acme', name }).run()
const again = (username = 'demo') => signIn({ ...DEMO, username, password: 'newer' }, false)
// The computer may be busy: longer than the second that it is by default.
const WAIT = { timeout: 10_000 }
const refusedOnce = () => vi.waitFor(() => expect(operations().at(-1)?.phase).toBe('signing in'), WAIT)
const methods = () => bigv.received.map(({ method }) => method)

describe('a change that is about no machine, answered with 401', () => {
  test('waits, and is sent once more after the same user has signed in again and it was checked', async () => {
    const change = create()
    await refusedOnce()
    expect([currentSession().expired, methods()]).toEqual([true, ['POST']])
    vi.setSystemTime(Date.now() + 59_000)
    again()
    expect(await change).toEqual({ is: 'done' })
    // Checked, sent once more, and read back.
    expect(methods()).toEqual(['POST', 'GET', 'POST', 'GET'])
    expect(operations()[0]).toMatchObject({ outcome: 'done', note: '' })
    expect(operations()[0]?.steps.map(({ trace }) => trace?.status)).toEqual([401, 201])
  })

  test('several at once wait for one signing in, and each is sent once', async () => {
    answers = [status(401), status(401), status(401)]
    const heard: boolean[] = []
    const changes = ['a', 'b', 'c'].map(create)
    await vi.waitFor(
      () => expect(operations().map(({ phase }) => phase)).toEqual(Array(3).fill('signing in')),
      WAIT,
    )
    heard.push(currentSession().expired)
    again()
    expect(await Promise.all(changes)).toEqual([{ is: 'done' }, { is: 'done' }, { is: 'done' }])
    const sent = bigv.received.filter(({ method }) => method === 'POST')
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
    [
      'the user does not want to sign in',
      cancelSignInAgain,
      'You have not signed in again.',
      'It was not sent again.',
    ],
    [
      'somebody else signs in',
      () => again('colleague'),
      'Somebody else has signed in, so it was dropped.',
      'Somebody else has signed in, so it was dropped.',
    ],
    ['the user signs out', signOut, 'You have not signed in again.', 'It was not sent again.'],
    [
      'more than a minute has passed',
      () => {
        vi.setSystemTime(Date.now() + 60_001)
        again()
      },
      LATE,
      `It was not sent again: ${LATE}`,
    ],
    [
      'the writes were switched off',
      () => {
        setReadOnly(true)
        again()
      },
      '“Look only” is switched on: nothing is sent.',
      'It was not sent again: “Look only” is switched on: nothing is sent.',
    ],
  ])('is dropped, and said so, where %s', async (_, act, why, note) => {
    const change = create()
    await refusedOnce()
    act()
    expect(await change).toMatchObject({ is: 'dropped', why, error: { status: 401 } })
    expect(methods()).toEqual(['POST'])
    expect(operations()[0]).toMatchObject({ outcome: 'refused', note: `${REFUSED} ${note}` })
  })

  test('is dropped where what it is about reads otherwise', async () => {
    const change = create()
    await refusedOnce()
    groups.push('staging')
    again()
    expect(await change).toMatchObject({ is: 'dropped', why: 'There is a group staging by now.' })
    expect(methods()).toEqual(['POST', 'GET'])
  })
})

test('a change that BigV refuses otherwise is not sent again', async () => {
  // A session of its own: the 403 holds until the next one.
  vi.setSystemTime(2_000_000)
  signIn(DEMO, false)
  answers = [status(403)]
  expect(await create()).toMatchObject({ is: 'refused' })
  expect(methods()).toEqual(['POST'])
  expect(operations()[0]?.outcome).toBe('refused')
})

test('one that is not seen when it is read back has not been done, and one that cannot be read back has', async () => {
  answers = [(_, response) => json(response, 200, {})]
  const note = 'BigV took the request, but read again, no group is called staging.'
  expect(await create()).toEqual({ is: 'superseded', note })
  expect(operations()[0]).toMatchObject({ outcome: 'superseded', note })
  bigv.answer = ({ method }, response) =>
    method === 'GET' ? status(503)({} as never, response) : json(response, 200, {})
  expect(await create()).toEqual({ is: 'done' })
  expect(operations()[1]?.note).toBe('BigV took it, but reading it back failed: BigV is out of service.')
})

describe('a change that would lose what somebody else has done', () => {
  const user = { id: 3, username: 'demo', authorized_keys: 'ssh-rsa A' }
  let now = user
  const setThem = () => bindResourceAction(setKeys, { user, authorized_keys: 'ssh-rsa A\nssh-rsa B' }).run()

  beforeEach(() => {
    now = { ...user }
    bigv.answer = ({ method, body }, response) => {
      if (method === 'PUT') Object.assign(now, body)
      json(response, 200, now)
    }
  })

  test('is read first, and sent where it reads as it was shown', async () => {
    expect(await setThem()).toEqual({ is: 'done' })
    expect(methods()).toEqual(['GET', 'PUT', 'GET'])
  })

  test('is not sent where it reads otherwise, and leaves no record', async () => {
    now.authorized_keys = 'ssh-rsa C'
    expect(await setThem()).toEqual({ is: 'not sent', reason: 'The keys have been changed meanwhile.' })
    expect([methods(), operations()]).toEqual([['GET'], []])
    const { queryKey } = userQueries.one('demo')
    expect(queryClient.getQueryData(queryKey)?.authorized_keys).toBe('ssh-rsa C')
  })

  test('is not sent where it cannot be read', async () => {
    bigv.answer = status(503)
    expect(await setThem()).toMatchObject({ is: 'fetch failed', error: { status: 503 } })
    expect(operations()).toEqual([])
  })

  test('a group that is gone, or not empty, is not deleted', async () => {
    const remove = bindResourceAction(deleteGroup, { account: 'acme', id: 2, name: 'staging' })
    bigv.answer = (_, response) =>
      json(response, 200, {
        id: 2,
        name: 'staging',
        virtual_machines: [{ id: 7, name: 'web', deleted: true }],
      })
    expect(await remove.run()).toMatchObject({
      is: 'not sent',
      reason: expect.stringContaining('1 deleted machine'),
    })
    bigv.answer = status(404)
    expect(await remove.run()).toMatchObject({
      is: 'not sent',
      reason: 'There is no group staging any more.',
    })
    expect(methods()).toEqual(['GET', 'GET'])
  })
})
