import { actions } from '../actions/index.ts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { json, startFakeBigv, type FakeBigv } from '../api/testing/fake-bigv.ts'
import { cancelSignInAgain, currentSession, signIn, signOut } from '../session/session.ts'
import { setReadOnly } from './read-only.ts'
import { doPlainly } from './plain.ts'
import { clearOperations, operations } from './store.ts'
import { DEMO, status } from './testing/machine-at-bigv.ts'

const GROUP = { account: 'acme', group: 'staging', id: null, name: 'staging' }
const REQUEST = { method: 'POST', path: '/accounts/acme/groups', body: { name: 'staging' } } as const
const REFUSED = 'BigV does not take these credentials.'

let bigv: FakeBigv
/** What BigV answers to the next writes; it does the others. */
let answers: FakeBigv['answer'][]

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
  bigv = await startFakeBigv()
  answers = [status(401)]
  bigv.answer = (request, response) =>
    (answers.shift() ?? ((_, response) => json(response, 201, {})))(request, response)
  signIn(DEMO, false)
})
afterEach(async () => {
  setReadOnly(false)
  clearOperations()
  signOut()
  vi.useRealTimers()
  await bigv.close()
})

const again = (username = 'demo') => signIn({ ...DEMO, username, password: 'newer' }, false)
const refusedOnce = () => vi.waitFor(() => expect(operations().at(-1)?.phase).toBe('signing in'))

describe('a change that is about no machine, answered with 401', () => {
  test('waits, and is sent once more after the same user has signed in again and it was checked', async () => {
    const check = vi.fn(() => Promise.resolve(null))
    const change = doPlainly(actions.create_group, GROUP, REQUEST, { check })
    await refusedOnce()
    expect([currentSession().expired, check.mock.calls.length]).toEqual([true, 0])
    vi.setSystemTime(Date.now() + 59_000)
    again()
    expect(await change).toEqual({ is: 'done' })
    expect(bigv.received).toHaveLength(2)
    expect(check).toHaveBeenCalledOnce()
    expect(operations()[0]).toMatchObject({ outcome: 'done', note: '' })
    expect(operations()[0]?.steps.map(({ trace }) => trace?.status)).toEqual([401, 201])
  })

  test('several at once wait for one signing in, and each is sent once', async () => {
    answers = [status(401), status(401), status(401)]
    const heard: boolean[] = []
    const changes = ['a', 'b', 'c'].map((name) =>
      doPlainly(actions.create_group, { ...GROUP, name }, { ...REQUEST, body: { name } }),
    )
    await vi.waitFor(() =>
      expect(operations().map(({ phase }) => phase)).toEqual(Array(3).fill('signing in')),
    )
    heard.push(currentSession().expired)
    again()
    expect(await Promise.all(changes)).toEqual([{ is: 'done' }, { is: 'done' }, { is: 'done' }])
    expect(bigv.received.map(({ body }) => (body as { name: string }).name).toSorted()).toEqual([
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
    ['the user does not want to sign in', cancelSignInAgain, 'You have not signed in again.'],
    ['somebody else signs in', () => again('colleague'), 'Somebody else has signed in, so it was dropped.'],
    ['the user signs out', signOut, 'You have not signed in again.'],
    [
      'more than a minute has passed',
      () => {
        vi.setSystemTime(Date.now() + 60_001)
        again()
      },
      'More than a minute has passed before you signed in again, so it was not sent by itself. Send it if it is still wanted.',
    ],
    [
      'the writes were switched off',
      () => {
        setReadOnly(true)
        again()
      },
      '“Look only” is switched on: nothing is sent.',
    ],
  ])('is dropped, and said so, where %s', async (_, act, why) => {
    const change = doPlainly(actions.create_group, GROUP, REQUEST, {
      check: () => Promise.reject(new Error('Not asked.')),
    })
    await refusedOnce()
    act()
    expect(await change).toMatchObject({ is: 'dropped', why, error: { status: 401 } })
    expect(bigv.received).toHaveLength(1)
    expect(operations()[0]).toMatchObject({ outcome: 'refused', note: `${REFUSED} ${why}` })
  })

  test('is dropped where what it is about reads otherwise', async () => {
    const change = doPlainly(actions.create_group, GROUP, REQUEST, {
      check: () => Promise.resolve('There is a group staging by now.'),
    })
    await refusedOnce()
    again()
    expect(await change).toMatchObject({ is: 'dropped', why: 'There is a group staging by now.' })
    expect(bigv.received).toHaveLength(1)
  })
})

test('a change that BigV refuses otherwise is not sent again', async () => {
  answers = [status(403)]
  expect(await doPlainly(actions.create_group, GROUP, REQUEST)).toMatchObject({ is: 'refused' })
  expect(bigv.received).toHaveLength(1)
  expect(operations()[0]?.outcome).toBe('refused')
})
