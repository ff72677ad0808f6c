import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bind } from '../../actions/action.ts'
import { change } from '../../actions/hardware.ts'
import { reimage } from '../../actions/lifecycle.ts'
import { REF } from '../../api/testing/machines.ts'
import { failWhen, keepAnswer, type Received } from '../../api/testing/simulated-bigv.ts'
import { createTabLocks } from '../../lib/browser/tab-locks.ts'
import { fakeStorage } from '../../lib/testing/fake-storage.ts'
import type { Plan } from '../plan.ts'
import { DEMO, useMachineAtBigv } from '../testing/machine-at-bigv.ts'
import { plan as samplePlan } from '../testing/samples.ts'
import type { Planned } from './begin-plan.ts'
import { KINDS, rolesOf, writtenFor, type Kind, type Written } from './testing/plan-at-bigv.ts'

vi.mock('./pause.ts', () => ({ AGAIN_MS: 0, pause: () => new Promise((resolve) => setTimeout(resolve, 1)) }))

/** A long limit, because the computer may be busy. */
const BUSY = { timeout: 10_000 }

const bigv = useMachineAtBigv()
let entries: Map<string, string>
let leaving: (() => void)[]

beforeEach(() => {
  entries = new Map()
  vi.stubGlobal(
    'sessionStorage',
    fakeStorage(() => entries),
  )
  vi.stubGlobal('addEventListener', (type: string, listener: () => void) => {
    if (type === 'pagehide') leaving.push(listener)
  })
  // No other tab is open: after a crash, no page answers.
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      addEventListener() {}
      postMessage() {}
      close() {}
    },
  )
})
afterEach(() => {
  vi.useRealTimers()
})

type OfPlan = [Kind, Partial<Planned>?]
type Page = Awaited<ReturnType<typeof loadPage>>

/** Loads a page: memory is empty, the tab's storage isn't. */
async function loadPage(username: string | null = 'demo') {
  vi.resetModules()
  leaving = []
  const { claimTab } = await import('../../lib/tab.ts')
  await claimTab()
  const session = await import('../../session/session.ts')
  const { clearOperations, operations } = await import('../store.ts')
  const { keepOperations } = await import('../stored-operations.ts')
  const { keepPlans } = await import('./stored-plans.ts')
  const { clearPlans, plans } = await import('../plan-store.ts')
  const { reenter, resumePlan } = await import('./control.ts')
  const { planSummary } = await import('./plan-summary.ts')
  const { begunPlan, untilPlan } = await import('./testing/plan-at-bigv.ts')
  const { fetchNow } = await import('../watch-rounds.ts')
  const signIn = (name: string) => session.signIn({ ...DEMO, username: name }, false)
  if (username !== null) signIn(username)
  keepOperations()
  keepPlans()
  const left = async (plan: Plan) =>
    planSummary(plan, { vm: await bigv.vm(), creating: false }, operations()).join(' ')
  return {
    plans,
    operations,
    clearOperations,
    clearPlans,
    reenter,
    resumePlan,
    begunPlan: (...given: OfPlan) => begunPlan(bigv, ...given),
    untilPlan,
    fetchNow,
    left,
    signIn,
  }
}

/** Reloads the page. The old page gets no more answers. With `leave: false` it crashes instead of closing. */
async function reload(
  page: Page,
  { leave = true, username = 'demo' }: { leave?: boolean; username?: string | null } = {},
): Promise<Page> {
  if (leave) for (const listener of leaving) listener()
  const kept = new Map(entries)
  page.clearPlans()
  page.clearOperations()
  entries = kept
  bigv.onAnswer = () => {}
  // A page that closes or crashes gives up its locks.
  vi.stubGlobal('navigator', { locks: createTabLocks() })
  return loadPage(username)
}

const ended = ({ phase }: Plan) => phase !== 'running'
const only = (page: Page) => page.plans()[0] as Plan
const writes = async () => (await bigv.received()).filter(({ method }) => method !== 'GET')

/** Begins a plan and waits until the write of this step has reached BigV, which doesn't answer. */
async function hungAt(kind: Kind, role: Written, done: 'done' | 'not done'): Promise<Page> {
  await bigv.obey()
  const page = await loadPage()
  const isIt = (received: Received) => writtenFor(received) === role
  if (done === 'not done') failWhen(bigv, isIt, { kind: 'hang' })
  else keepAnswer(bigv, isIt)
  await page.begunPlan(kind)
  await vi.waitFor(async () => expect((await writes()).map(writtenFor).at(-1)).toBe(role), BUSY)
  return page
}

/** Begins a plan on a machine whose guest takes its time to shut down. */
async function waiting(kind: Kind): Promise<Page> {
  const page = await loadPage()
  await page.begunPlan(kind)
  await vi.waitFor(() => expect(page.operations()[0]?.phase).toBe('waiting'), BUSY)
  return page
}

describe('after a reload during a request, a plan fetches to see whether BigV has done it', () => {
  const cases = KINDS.flatMap((kind) =>
    (['keep off', ...rolesOf(kind)] as const).flatMap((role) =>
      (['done', 'not done'] as const).map((done) => [kind, role, done] as const),
    ),
  )
  test.each(cases)('in a %s plan, for the write “%s”, which BigV has %s', async (kind, role, done) => {
    const page = await reload(await hungAt(kind, role, done))
    const plan = await page.untilPlan(only(page).key, ended)
    const vm = await bigv.vm()
    const sent = (await writes()).map(({ path, body }) => path + JSON.stringify(body))
    expect(sent).toEqual([...new Set(sent)])
    const shows = done === 'done' && (role === 'shut down' || (kind === 'change' && role !== 'keep off'))
    // After the shutdown, a machine isn't re-imaged without the secrets.
    expect(plan.phase).toBe(shows && kind !== 'reimage' ? 'done' : 'halted')
    const said = await page.left(plan)
    expect(said).toContain(vm.power_on ? 'On.' : 'Off.')
    if (kind === 'change') expect(said).toContain(vm.cores === 2 ? 'The change was made.' : 'was not made.')
    if (kind === 'reimage' && role === 'action')
      expect(said).toContain('BigV may or may not have re-imaged the machine')
    else if (kind === 'reimage') expect(said).toContain('The machine was not re-imaged')
    if (kind === 'rescue' && role === 'action')
      expect(said).toContain('BigV may or may not have started the rescue system.')
  })
})

describe('after a reload while the guest is shutting down', () => {
  test.each(['change', 'rescue'] as const)('a %s plan continues automatically', async (kind) => {
    const page = await reload(await waiting(kind))
    expect(only(page).phase).toBe('running')
    await bigv.set({ power_on: false })
    page.fetchNow(page.operations()[0]?.key ?? '')
    expect((await page.untilPlan(only(page).key, ended)).phase).toBe('done')
  })

  test('a re-image halts after the shutdown, until its secrets are re-entered', async () => {
    const page = await reload(await waiting('reimage'))
    expect(JSON.stringify([...entries])).not.toContain('s3cret')
    await bigv.set({ power_on: false })
    page.fetchNow(page.operations()[0]?.key ?? '')
    const plan = await page.untilPlan(only(page).key, ended)
    expect(plan.note).toMatch(/secrets aren’t stored\. Re-enter the password, keys and script/)
    expect(await page.left(plan)).toBe(
      'Off. It stays off until you start it. The machine was not re-imaged: its discs are unchanged. Automatic restart is off; before the plan it was on.',
    )
    page.reenter(
      plan.key,
      bind(reimage, { distribution: 'precise', root_password: 'n3wer' }),
      await bigv.vm(),
    )
    expect((await page.untilPlan(plan.key, ended)).phase).toBe('done')
    expect((await writes()).at(-1)?.body).toEqual({ distribution: 'precise', root_password: 'n3wer' })
    expect(JSON.stringify([...entries])).not.toContain('n3wer')
  })

  test('a plan that was stored with a CD URL’s password as dots is halted', async () => {
    const first = await loadPage()
    const patch = { cores: 2, cdrom_url: 'https://me:s3cret@example.com/x.iso' }
    const key = await first.begunPlan('change', { bound: bind(change, { attributes: patch }) })
    await vi.waitFor(() => expect(first.operations()[0]?.phase).toBe('waiting'), BUSY)
    expect(entries.get('bigv.plans')).toContain('https://••••••@example.com/x.iso')
    expect(JSON.stringify([...entries])).not.toContain('s3cret')
    const page = await reload(first)
    await bigv.set({ power_on: false })
    page.fetchNow(page.operations()[0]?.key ?? '')
    const plan = await page.untilPlan(key, ended)
    expect(plan.note).toMatch(/secrets aren’t stored: the CD’s URL contains a password/)
    expect(await page.left(plan)).toBe(
      'Off. It stays off until you start it. The change was not made. Automatic restart is off; before the plan it was on.',
    )
    expect(JSON.stringify((await writes()).map(({ body }) => body))).not.toContain('example.com')
  })

  test('a plan stores dots for a CD URL’s password, which it can send only before a reload', async () => {
    await bigv.obey()
    const page = await loadPage()
    const patch = { cdrom_url: 'https://me:s3cret@example.com/x.iso' }
    const bound = bind(change, { attributes: patch })
    const plan = await page.untilPlan(await page.begunPlan('change', { bound }), ended)
    expect(plan.phase).toBe('done')
    expect((await writes()).map(({ body }) => body)).toContainEqual(patch)
    expect(JSON.stringify([...entries])).not.toContain('s3cret')
    expect(JSON.stringify(page.plans())).not.toContain('s3cret')
  })

  test('secrets can be re-entered while the machine is still shutting down', async () => {
    const page = await reload(await waiting('reimage'))
    page.reenter(
      only(page).key,
      bind(reimage, { distribution: 'precise', root_password: 'n3wer' }),
      await bigv.vm(),
    )
    expect(only(page)).toMatchObject({ phase: 'running', kept: { distribution: 'precise' } })
    await bigv.set({ power_on: false })
    page.fetchNow(page.operations()[0]?.key ?? '')
    expect((await page.untilPlan(only(page).key, ended)).phase).toBe('done')
  })

  test('a plan is halted after a crash', async () => {
    const page = await reload(await waiting('change'), { leave: false })
    expect(only(page)).toMatchObject({
      phase: 'halted',
      note: expect.stringMatching(/^You left the page while/),
    })
    await bigv.set({ power_on: false })
    page.resumePlan(only(page).key, await bigv.vm())
    page.fetchNow(page.operations()[0]?.key ?? '')
    expect((await page.untilPlan(only(page).key, ended)).phase).toBe('done')
  })

  test('a plan is halted if the page was closed for more than a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
    const before = await waiting('change')
    for (const listener of leaving) listener()
    vi.setSystemTime(Date.now() + 60_001)
    const page = await reload(before, { leave: false })
    expect(only(page)).toMatchObject({
      phase: 'halted',
      note: expect.stringMatching(/^You left the page at/),
    })
  })

  test('a plan waits for its user to sign in, and isn’t shown to anyone else', async () => {
    const page = await reload(await waiting('change'), { username: null })
    expect(page.plans()).toEqual([])
    page.signIn('demo')
    expect(only(page).phase).toBe('running')
    page.signIn('colleague')
    expect(page.plans()).toEqual([])
    page.signIn('demo')
    expect(page.plans()).toEqual([])
  })
})

describe('stored plans', () => {
  test.each(['null', '{}', '[1]', '[1,null]', '[{"key":1}]', '{"plans":[1,null]}', '{"plans":"x"}', '{"pl'])(
    'are ignored if invalid: %s',
    async (text) => {
      entries.set('bigv.plans', text)
      expect((await loadPage()).plans()).toEqual([])
    },
  )

  test('are loaded if they have the current format', async () => {
    expect(await stored(samplePlan({ phase: 'halted' }))).toEqual([samplePlan({ phase: 'halted' })])
  })

  test.each(KINDS)('are rejected if they have the old format: %s', async (kind) => {
    const actions = ['shut_down', kind, ...(kind === 'change' ? ['start'] : [])]
    const old = {
      key: 'old',
      kind,
      target: { ...REF, id: 7, name: 'web' },
      username: 'demo',
      phase: 'running',
      steps: actions.map((action) => ({ action, done: false, operation: null, tried: null, note: '' })),
      before: { autoreboot_on: true, attributes: { cores: 1 } },
      patch: kind === 'change' ? { cores: 2 } : {},
      movesTo: null,
      distribution: kind === 'reimage' ? 'wheezy' : null,
      forceAfter: null,
      begunAt: 9_000,
      endedAt: null,
      note: '',
      stopped: false,
      foreign: false,
      dismissed: false,
    }
    expect(await stored(old, samplePlan({ phase: 'halted' }))).toEqual([samplePlan({ phase: 'halted' })])
    entries.set('bigv.plans', JSON.stringify({ plans: [old], leftAt: Date.now() }))
    expect((await loadPage()).plans()).toEqual([])
  })

  test.each(['start', 'no_such_action', 'create'])(
    'are rejected if their action can’t be planned: %s',
    async (name) => {
      expect(await stored({ ...samplePlan(), action: name })).toEqual([])
    },
  )
})

/** The plans that a new page loads when these are in the storage. */
async function stored(...plans: unknown[]): Promise<readonly Plan[]> {
  entries.set('bigv.plans', JSON.stringify(plans))
  return (await loadPage()).plans()
}
