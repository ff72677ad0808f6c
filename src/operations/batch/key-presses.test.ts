import { describe, expect, test, vi } from 'vitest'
import { pressesIn } from '../../actions/keys.ts'
import { machineData, REF } from '../../api/testing/machines.ts'
import { cut, fine, status } from '../../api/testing/simulated-bigv.ts'
import { cancelSignInAgain, currentSession, signIn } from '../../session/session.ts'
import { activityText, recordText } from '../activity/record.ts'
import { showMachine } from '../machine-cache.ts'
import { setReadOnly } from '../../session/read-only.ts'
import { operations, putOperation } from '../store.ts'
import { DEMO, keyOf, until, useMachineAtBigv } from '../testing/machine-at-bigv.ts'
import { operation } from '../testing/samples.ts'
import { beginPresses, canStopPresses, stopPresses } from './key-presses.ts'

const PRESSES = ['shift-h', 'u', 'n', 't', 'ret']

const bigv = useMachineAtBigv()
const press = (data: string) => ['POST', `${bigv.path}/signal`, { signal: 'sendkey', data }]
const begin = (everyMs = 0, presses: readonly string[] = PRESSES) =>
  beginPresses({ ref: REF, id: bigv.id, name: 'web', presses, everyMs })
/** The requests after the first fetch. */
const sent = async () => (await bigv.log()).slice(1)

/** Calls `act` when BigV answers the press with this number, from 0. */
function atPress(number: number, act: () => void): void {
  let presses = 0
  bigv.onAnswer = ({ method }) => {
    if (method === 'POST' && presses++ === number) act()
  }
}

test('key presses are sent one per request, in order, and only their number is recorded', async () => {
  const key = keyOf(await begin())
  const ended = await until(key, 'ended')
  expect(await bigv.log()).toEqual(['GET', ...PRESSES.map(press)])
  expect(ended).toMatchObject({ outcome: 'done', note: '5 presses.' })
  expect(pressesIn(ended)).toEqual({ sent: 5, of: 5 })
  expect(ended.steps).toEqual([
    {
      method: 'POST',
      path: `${bigv.path}/signal`,
      body: { signal: 'sendkey', data: '5 presses' },
      trace: expect.objectContaining({ status: 200 }),
      times: 5,
    },
  ])
  expect(JSON.stringify(operations()) + activityText(operations(), [], [])).not.toMatch(/shift-h|ret\b/)
  expect(JSON.parse(recordText(ended))).toMatchObject({ requests: [{ times: 5, status: 200 }] })
})

test('a run of key presses waits for the chosen interval between two presses', async () => {
  const started = Date.now()
  await until(keyOf(await begin(40)), 'ended')
  expect(Date.now() - started).toBeGreaterThanOrEqual(4 * 40)
})

test('key presses end after the current one when the user stops them', async () => {
  let key = ''
  atPress(1, () => stopPresses(key))
  key = keyOf(await begin(20))
  expect(canStopPresses(key)).toBe(true)
  const ended = await until(key, 'ended')
  expect(await sent()).toEqual(PRESSES.slice(0, 2).map(press))
  expect(ended).toMatchObject({
    outcome: 'no longer watching',
    note: 'Stopped. 2 of 5 key presses were sent.',
  })
  expect(canStopPresses(key)).toBe(false)
})

test('key presses end at once if the user stops them between two presses', async () => {
  const key = keyOf(await begin(60_000))
  await until(key, (operation) => pressesIn(operation)?.sent === 1)
  stopPresses(key)
  expect(await until(key, 'ended')).toMatchObject({ note: 'Stopped. 1 of 5 key presses were sent.' })
})

test.each([
  [
    'gets a 500',
    status(500),
    'unclear',
    'BigV failed (500). 2 of 5 key presses were sent. Key press 3 may or may not have arrived; it isn’t sent again.',
    500,
  ],
  ['is refused', status(400), 'refused', 'BigV refused this (400). 2 of 5 key presses were sent.', 400],
  [
    'gets no answer',
    cut,
    'unclear',
    expect.stringMatching(/2 of 5 key presses were sent\. Key press 3 may or may not have arrived/),
    expect.anything(),
  ],
] as const)(
  'key presses end at one that %s, which isn’t sent again',
  async (_, answer, outcome, note, code) => {
    await bigv.answer('POST', fine, fine, answer)
    const ended = await until(keyOf(await begin()), 'ended')
    expect(ended).toMatchObject({ outcome, note })
    expect(ended.steps.map(({ times, trace }) => [times, trace?.status])).toEqual([
      [2, 200],
      [undefined, code],
    ])
    expect(await sent()).toEqual(PRESSES.slice(0, 3).map(press))
  },
)

const signInAgain = () => signIn({ ...DEMO }, false)

/** Begins, and waits until the third press needs a new sign-in. */
async function refused(): Promise<string> {
  await bigv.answer('POST', fine, fine, status(401))
  const key = keyOf(await begin())
  await until(key, 'signing in')
  expect(currentSession().expired).toBe(true)
  return key
}

describe('a key press that BigV answers with 401', () => {
  test('is sent again, and the rest after it, once the user has signed in again', async () => {
    const key = await refused()
    signInAgain()
    const ended = await until(key, 'ended')
    expect(ended).toMatchObject({ outcome: 'done', note: '5 presses.' })
    const [shiftH, u, n, ...rest] = PRESSES.map(press)
    expect(await bigv.log()).toEqual(['GET', shiftH, u, n, 'GET', n, ...rest])
    expect(pressesIn(ended)).toEqual({ sent: 5, of: 5 })
    expect(ended.steps.map(({ times, trace }) => [times, trace?.status])).toEqual([
      [2, 200],
      [undefined, 401],
      [3, 200],
    ])
  })

  test('isn’t sent a third time if it gets no answer the second time', async () => {
    const key = await refused()
    await bigv.answer('POST', cut)
    signInAgain()
    expect(await until(key, 'ended')).toMatchObject({
      outcome: 'unclear',
      note: expect.stringMatching(/2 of 5 key presses were sent\. Key press 3 may or may not have arrived/),
    })
    expect(await bigv.log()).toHaveLength(6)
  })

  test.each([
    [
      'declines to sign in',
      () => cancelSignInAgain(),
      /^BigV rejected your sign-in \(401\).* Not sent again\. 2 of 5 key presses were sent\.$/,
      0,
    ],
    [
      'signs in after the machine went off',
      async () => {
        await bigv.set({ power_on: false, autoreboot_on: false })
        signInAgain()
      },
      /Not sent again: Not running\. 2 of 5 key presses were sent\.$/,
      1,
    ],
    [
      'is replaced by another user',
      () => signIn({ ...DEMO, username: 'other' }, false),
      /Another user signed in, so the request was cancelled\. 2 of 5 key presses were sent\.$/,
      0,
    ],
  ])('ends the operation if the user %s', async (_, act: () => unknown, note, reads) => {
    const key = await refused()
    await act()
    const ended = await until(key, 'ended')
    expect(ended).toMatchObject({ outcome: 'refused', note: expect.stringMatching(note) })
    expect(await bigv.log()).toHaveLength(4 + reads)
  })

  test('ends the operation if the user takes more than a minute to sign in again', async () => {
    const key = await refused()
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(Date.now() + 60_001)
    signInAgain()
    const ended = await until(key, 'ended')
    vi.useRealTimers()
    expect(ended.note).toMatch(/more than a minute.* 2 of 5 key presses were sent\.$/)
    expect(await bigv.log()).toHaveLength(4)
  })

  test('isn’t sent again if the user has stopped the key presses in the meantime', async () => {
    const key = await refused()
    stopPresses(key)
    signInAgain()
    expect((await until(key, 'ended')).note).toMatch(/Stopped\. 2 of 5 key presses were sent\.$/)
    expect(await bigv.log()).toHaveLength(5)
  })
})

test.each([
  [
    'the machine is seen off',
    () => showMachine(REF, machineData({ id: bigv.id, power_on: false, autoreboot_on: false })),
    'Not running.',
  ],
  [
    'the machine is reset in this tab',
    () =>
      putOperation(
        operation({ action: 'reset', target: bigv.target, phase: 'sending', begunAt: Date.now() + 1 }),
      ),
    'Another action has started: “Reset”.',
  ],
  ['Read-only mode is on', () => setReadOnly(true), 'Read-only mode is on. Turn it off to make changes.'],
  [
    'another user signs in',
    () => signIn({ ...DEMO, username: 'other' }, false),
    'Another user signed in, so the request was cancelled.',
  ],
])('no more key presses are sent once %s', async (_, act, why) => {
  atPress(1, act)
  const ended = await until(keyOf(await begin(1)), 'ended')
  expect(ended.note).toBe(`${why} 2 of 5 key presses were sent.`)
  expect(await sent()).toEqual(PRESSES.slice(0, 2).map(press))
})

test('key presses continue during a restart that was already running', async () => {
  putOperation(operation({ action: 'restart', target: bigv.target, phase: 'waiting', begunAt: 1 }))
  expect(await until(keyOf(await begin()), 'ended')).toMatchObject({ outcome: 'done' })
})

test('a second text is refused while the first is being sent', async () => {
  const key = keyOf(await begin(20))
  expect(await begin()).toEqual({ is: 'refused', reason: 'Keys are already being sent to this machine.' })
  await until(key, 'ended')
  expect(await sent()).toEqual(PRESSES.map(press))
})

test('no keys are sent to a machine that is off or can’t be fetched', async () => {
  await bigv.answer('GET', status(500))
  expect(await begin()).toMatchObject({ is: 'fetch failed' })
  await bigv.set({ power_on: false, autoreboot_on: false })
  expect(await begin()).toEqual({ is: 'refused', reason: 'Not running.' })
  setReadOnly(true)
  expect(await begin()).toMatchObject({ is: 'refused' })
  expect(await bigv.log()).toEqual(['GET', 'GET'])
  expect(operations()).toEqual([])
})
