import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeStorage } from '../lib/testing/fake-storage.ts'
import type { Evidence, Operation, SentRequest } from './operation.ts'
import { operation } from './testing/samples.ts'
import { useOpenChannels } from '../lib/testing/open-channels.ts'

const DEMO = { account: 'acme', username: 'demo', password: 'demo', otp: '' }
const answered: SentRequest = {
  method: 'PUT',
  path: '/x',
  body: {},
  trace: { method: 'PUT', path: '/x', status: 200, startedAt: 1, duration: 1 },
}
const presses: SentRequest = { ...answered, times: 3 }
const unanswered: SentRequest = { ...answered, trace: null }

let entries: Map<string, string>

beforeEach(() => {
  entries = new Map()
  vi.stubGlobal(
    'sessionStorage',
    fakeStorage(() => entries),
  )
})
afterEach(() => vi.unstubAllGlobals())

/** Loads a page with the tab's storage, but with empty memory. */
async function loadPage(username: string | null = 'demo') {
  vi.resetModules()
  const session = await import('../session/session.ts')
  const store = await import('./store.ts')
  const { keepOperations } = await import('./stored-operations.ts')
  const signIn = (name: string) => session.signIn({ ...DEMO, username: name }, false)
  if (username !== null) signIn(username)
  keepOperations()
  return { ...store, signIn, signOut: session.signOut }
}

/** The operations that exist after a reload. */
async function afterReload(...kept: Operation[]) {
  const before = await loadPage()
  for (const one of kept) before.putOperation(one)
  return (await loadPage()).operations()
}

describe('after a reload', () => {
  test('a waiting operation waits as before', async () => {
    const waiting = operation({ steps: [answered], autoreboot: { before: true, after: false } })
    expect(await afterReload(waiting)).toEqual([waiting])
  })

  test('ended operations are still there, in order', async () => {
    const ended = operation({ key: 'a', phase: 'ended', outcome: 'done', endedAt: 11_000 })
    expect(await afterReload(ended, operation({ key: 'b' }))).toEqual([ended, operation({ key: 'b' })])
  })

  test('an operation that was being sent ends as unclear, and is never sent again', async () => {
    const sending = operation({
      phase: 'sending',
      steps: [answered, unanswered],
      autoreboot: { before: true, after: false },
    })
    const [after] = await afterReload(sending)
    expect(after).toMatchObject({ phase: 'ended', outcome: 'unclear', endedAt: expect.any(Number) })
    expect(after?.note).toContain('BigV may or may not have carried out the request')
    expect(after?.note).toMatch(/Before that, automatic restart was turned off\.$/)
  })

  test.each(['signing in', 'asking'] as const)(
    'an operation that was in the phase “%s” has ended without being sent',
    async (phase) => {
      expect(await afterReload(operation({ phase, steps: [answered] }))).toMatchObject([
        {
          phase: 'ended',
          outcome: 'refused',
          note: 'BigV rejected your sign-in, and the page was reloaded before the request was sent again.',
        },
      ])
    },
  )

  test('an operation between two requests has ended, and doesn’t blame BigV', async () => {
    const [after] = await afterReload(
      operation({ phase: 'sending', steps: [answered], autoreboot: { before: true, after: false } }),
    )
    expect(after).toMatchObject({ phase: 'ended', outcome: 'refused' })
    expect(after?.note).toBe(
      'The page was reloaded before the next request was sent. Before that, automatic restart was turned off.',
    )
  })

  test('operations that were only checking, or of other tabs, are dropped', async () => {
    expect(
      await afterReload(operation({ phase: 'checking' }), operation({ key: 'f', otherTab: true })),
    ).toEqual([])
  })

  test('an operation waits for its user to sign in if the tab has no credentials', async () => {
    const before = await loadPage()
    before.putOperation(operation())
    const page = await loadPage(null)
    expect(page.operations()).toEqual([])
    page.signIn('demo')
    expect(page.operations()).toEqual([operation()])
  })

  test('the operations of another user aren’t shown', async () => {
    const before = await loadPage()
    before.putOperation(operation())
    expect((await loadPage('colleague')).operations()).toEqual([])
    const page = await loadPage(null)
    page.signIn('colleague')
    expect(page.operations()).toEqual([])
    page.signIn('demo')
    expect(page.operations()).toEqual([])
  })

  test.each(['null', '{}', '[1, null, "x", {"key": "a"}]', '[{"key":', ''])(
    'stored operations are ignored if they are invalid: %s',
    async (text) => {
      entries.set('bigv.operations', text)
      expect((await loadPage()).operations()).toEqual([])
    },
  )

  test.each([
    [
      'all of these were answered',
      [presses],
      'no longer watching',
      'The page was reloaded. 3 of 9 key presses were sent.',
    ],
    [
      'the last one got no answer',
      [presses, unanswered],
      'unclear',
      'The page was reloaded. 3 of 9 key presses were sent. Key press 4 may or may not have arrived; it isn’t sent again.',
    ],
  ] as const)('interrupted key presses say how many were sent if %s', async (_, steps, outcome, note) => {
    const sending = operation({
      action: 'send_keys',
      phase: 'sending',
      expects: { presses: 9 },
      steps: [...steps],
    })
    expect(await afterReload(sending)).toMatchObject([{ phase: 'ended', outcome, note }])
  })
})

describe('an operation that was queued when the page was reloaded', () => {
  test('is cancelled after the reload', async () => {
    expect(await afterReload(operation({ phase: 'queued' }))).toMatchObject([
      { phase: 'ended', outcome: 'cancelled', note: 'The page was reloaded before this was sent.' },
    ])
  })

  test('is dropped if its plan or batch is going to begin it again', async () => {
    expect(
      await afterReload(
        operation({ phase: 'queued', plan: 'p' }),
        operation({ key: 'b', phase: 'queued', batch: 'b' }),
      ),
    ).toEqual([])
  })
})

/** Loads these stored records in a new page. */
async function read(...records: object[]) {
  entries.set('bigv.operations', JSON.stringify(records))
  return (await loadPage()).operations()
}

describe('an operation stored by an earlier version', () => {
  test('may have the number of presses under “progress”', async () => {
    const record = operation({ action: 'send_keys', phase: 'sending', steps: [presses] })
    expect(await read({ ...record, progress: { sent: 3, of: 9 } })).toMatchObject([
      { outcome: 'no longer watching', note: 'The page was reloaded. 3 of 9 key presses were sent.' },
    ])
  })

  test('may have its batch under “run”', async () => {
    const { batch: _, ...record } = operation()
    expect(await read({ ...record, run: 'b' }, operation({ key: 'l', batch: 'c' }))).toEqual([
      operation({ batch: 'b' }),
      operation({ key: 'l', batch: 'c' }),
    ])
  })
  test('may have other names for blocksNothing and timesSeenOn', async () => {
    const [of] = await read(operation())
    const { blocksNothing: _, evidence, ...before } = of as Operation
    const { timesSeenOn: _n, ...seen } = evidence as Evidence
    expect(await read({ ...before, aside: true, evidence: { ...seen, onReadings: 3 } })).toEqual([
      { ...of, blocksNothing: true, evidence: { ...seen, timesSeenOn: 3 } },
    ])
    expect(await read({ ...before, aside: false, evidence: null })).toEqual([{ ...of, evidence: null }])
  })

  const V1 = {
    key: 'k',
    action: 'restart',
    target: { account: 'acme', group: 'default', id: 7, name: 'web' },
    username: 'demo',
    phase: 'ended',
    begunAt: 9_000,
    endedAt: 11_000,
    outcome: 'overtaken',
    note: 'It was changed elsewhere.',
    steps: [{ method: 'DELETE', path: '/x', trace: null }],
    evidence: { answeredAt: 10_000, headBefore: 'head1', offSeen: false, onReadings: 0 },
    autoreboot: { before: true, after: false },
    patienceFrom: 10_000,
    expects: null,
    expectsPower: true,
    foreign: false,
  }
  test('is loaded in spite of its old names, and stored with the current ones', async () => {
    const [after] = await read(V1)
    expect(after).toMatchObject({
      action: 'restart',
      label: 'Restart',
      overdueAfter: 180_000,
      blocksNothing: false,
      outcome: 'superseded',
      note: V1.note,
      evidence: { answeredAt: 10_000, headBefore: 'head1', offSeen: false, headMoved: false, timesSeenOn: 0 },
      otherTab: false,
    })
    expect(after).not.toHaveProperty('foreign')
    expect(after).not.toHaveProperty('expectsPower')
    const page = await loadPage()
    page.updateOperation('k', { note: 'seen' })
    expect(JSON.parse(entries.get('bigv.operations') ?? '')).toEqual([{ ...after, note: 'seen' }])
    expect((await loadPage()).operations()).toEqual([{ ...after, note: 'seen' }])
  })

  test.each([
    ['the outcome “given up”', { outcome: 'given up' }, { outcome: 'no longer watching' }],
    ['a current outcome', { outcome: 'done' }, { outcome: 'done' }],
    [
      'the action set_autoreboot, which turned it off',
      { action: 'set_autoreboot' },
      { action: 'autoreboot_off', label: 'Turn off automatic restart' },
    ],
    [
      'the action set_autoreboot, which turned it on',
      { action: 'set_autoreboot', autoreboot: { before: false, after: true } },
      { action: 'autoreboot_on', label: 'Turn on automatic restart' },
    ],
    ['the action send_keys', { action: 'send_keys' }, { blocksNothing: true }],
    [
      'a new machine that should stay off',
      { action: 'create', expectsPower: false },
      { expects: { power_on: false } },
    ],
    ['a new machine that should start', { action: 'create' }, { expects: { power_on: true } }],
    [
      'no outcome yet',
      { phase: 'waiting', outcome: null, endedAt: null },
      { phase: 'waiting', outcome: null },
    ],
  ])('is converted if it has %s', async (_, given, now) => {
    expect(await read({ ...V1, ...given })).toMatchObject([now])
  })

  test.each([
    ['an unknown action', { action: 'no such thing' }],
    ['an unknown phase', { phase: 'hovering' }],
    ['an unknown outcome', { outcome: 'sunk' }],
    ['an incomplete target', { target: { id: 7 } }],
    ['a text as its steps', { steps: 'none' }],
    ['a text as a time', { evidence: { answeredAt: '10' } }],
  ])('is dropped if it has %s', async (_, given) => {
    expect(await read({ ...V1, ...given }, { ...V1, key: 'whole' })).toMatchObject([{ key: 'whole' }])
    const { foreign, ...now } = V1
    expect(await read({ ...now, otherTab: foreign, ...given })).toEqual([])
  })
})

describe('many operations', () => {
  const MANY = 40
  const fill = (page: Awaited<ReturnType<typeof loadPage>>) => {
    for (let at = 0; at < MANY; at++) page.putOperation(operation({ key: String(at) }))
  }
  afterEach(() => vi.useRealTimers())

  test('are stored together after a short delay', async () => {
    const page = await loadPage()
    vi.useFakeTimers()
    const write = vi.spyOn(sessionStorage, 'setItem')
    fill(page)
    expect(write).toHaveBeenCalledTimes(20)
    vi.advanceTimersByTime(200)
    expect(write).toHaveBeenCalledTimes(21)
    vi.useRealTimers()
    expect((await loadPage()).operations()).toHaveLength(MANY)
  })

  test('are stored at once when the page is closed, and when the user changes', async () => {
    vi.useFakeTimers()
    const events = new EventTarget()
    vi.stubGlobal('addEventListener', events.addEventListener.bind(events))
    fill(await loadPage())
    events.dispatchEvent(new Event('pagehide'))
    const page = await loadPage()
    expect(page.operations()).toHaveLength(MANY)
    page.putOperation(operation({ key: 'last' }))
    page.signOut()
    vi.advanceTimersByTime(1_000)
    expect(entries.has('bigv.operations')).toBe(false)
  })
})

describe('the operations of a user', () => {
  test('are all dropped when the user signs out', async () => {
    const page = await loadPage()
    page.putOperation(operation())
    page.signOut()
    expect(page.operations()).toEqual([])
    expect(entries.has('bigv.operations')).toBe(false)
    page.signIn('demo')
    expect(page.operations()).toEqual([])
  })

  test('stay if the same user signs in again', async () => {
    const page = await loadPage()
    page.putOperation(operation())
    page.signIn('demo')
    expect(page.operations()).toEqual([operation()])
  })

  test('are dropped if another user signs in; those waiting for their user get a note first', async () => {
    const page = await loadPage()
    const notified: unknown[] = []
    page.onOperationEnd(({ key, outcome, note }) => notified.push([key, outcome, note]))
    page.putOperation(operation({ key: 'a', phase: 'signing in' }))
    page.putOperation(operation({ key: 'b', phase: 'asking' }))
    page.putOperation(operation({ key: 'c' }))
    page.putOperation(operation({ key: 'd', phase: 'asking', otherTab: true }))
    page.signIn('colleague')
    const note = 'Another user signed in, so the request was cancelled.'
    expect(notified).toEqual([
      ['a', 'refused', note],
      ['b', 'refused', note],
    ])
    expect(page.operations()).toEqual([])
  })
})

/** A tab with its own storage. */
async function tab() {
  entries = new Map()
  const page = await loadPage()
  const { shareOperations } = await import('./stored-operations.ts')
  shareOperations()
  const until = (fits: (list: readonly Operation[]) => boolean) =>
    vi.waitUntil(() => fits(page.operations()) && page.operations())
  return { ...page, until, stored: () => entries.get('bigv.operations') ?? '[]' }
}

describe('an operation of another tab', () => {
  useOpenChannels()
  beforeEach(() => {
    // Each tab regularly signals that it is alive. The test doesn't wait for those signals.
    vi.useFakeTimers({ toFake: ['setInterval'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('is shown until it ends, but neither announced nor stored by this tab', async () => {
    const [first, second] = [await tab(), await tab()]
    const ends: unknown[] = []
    second.onOperationEnd((ended) => ends.push(ended))
    first.putOperation(operation({ phase: 'sending' }))
    expect(await second.until(({ length }) => length === 1)).toEqual([
      operation({ phase: 'sending', otherTab: true }),
    ])
    first.endOperation('k', 'done', 'well')
    expect(await second.until(([one]) => one?.phase === 'ended')).toMatchObject([
      { outcome: 'done', note: 'well', otherTab: true },
    ])
    expect([ends, second.stored()]).toEqual([[], '[]'])
  })

  test('is ignored if this version of the dashboard doesn’t know its action', async () => {
    const [first, second] = [await tab(), await tab()]
    first.putOperation({ ...operation({ key: 'later' }), action: 'levitate' as 'start' })
    first.putOperation(operation())
    expect(await second.until(({ length }) => length > 0)).toMatchObject([{ key: 'k' }])
  })
})
