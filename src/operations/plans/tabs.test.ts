import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bind } from '../../actions/action.ts'
import { machineActions } from '../../actions/index.ts'
import { rescue } from '../../actions/rescue.ts'
import { fakeStorage } from '../../lib/testing/fake-storage.ts'
import type { Plan } from '../plan.ts'
import { plan } from '../testing/samples.ts'
import { useOpenChannels } from '../../lib/testing/open-channels.ts'

const DEMO = { account: 'acme', username: 'demo', password: 'demo', otp: '' }

const theirs = (given: Partial<Plan> = {}) => plan({ otherTab: true, ...given })

const channels = useOpenChannels()

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    now: 1_000_000,
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** Opens a tab with its own modules, window and storage, connected to the other tabs by a real channel. */
async function tab(own: readonly Plan[] = [], username = 'demo') {
  vi.resetModules()
  const entries = new Map<string, string>()
  vi.stubGlobal(
    'sessionStorage',
    fakeStorage(() => entries),
  )
  const leaving: (() => void)[] = []
  vi.stubGlobal('addEventListener', (type: string, listener: () => void) => {
    if (type === 'pagehide') leaving.push(listener)
  })
  const { signIn } = await import('../../session/session.ts')
  const store = await import('../plan-store.ts')
  const { keepPlans, sharePlans } = await import('./stored-plans.ts')
  const { machineDisabledReason } = await import('../disabled-reason.ts')
  const { beginPlan } = await import('./begin-plan.ts')
  const { stopPlan } = await import('./control.ts')
  const { planOptions } = await import('./plan-summary.ts')
  const { machineData, REF } = await import('../../api/testing/machines.ts')
  signIn({ ...DEMO, username }, false)
  keepPlans()
  for (const one of own) store.putPlan(one)
  sharePlans()
  return {
    ...store,
    stopPlan,
    stored: () => entries.get('bigv.plans') ?? '',
    leave: () => leaving.forEach((listener) => listener()),
    planOptions: (one: Plan) =>
      planOptions(one, false, machineData({ power_on: false, autoreboot_on: false })),
    whyNot: () =>
      machineDisabledReason(
        machineActions.reboot,
        machineData(),
        undefined,
        false,
        0,
        store.planOn(store.plans(), 7),
      ),
    begin: () =>
      beginPlan({
        bound: bind(rescue),
        ref: REF,
        id: 7,
        decidedOn: { name: 'web', power_on: true, autoreboot_on: true },
        forceAfter: null,
      }),
    /** Waits until the tab's plans match. */
    until: (fits: (list: readonly Plan[]) => boolean) =>
      new Promise<readonly Plan[]>((resolve) => {
        const look = () => {
          if (!fits(store.plans())) return
          end()
          resolve(store.plans())
        }
        const end = store.subscribePlans(look)
        look()
      }),
  }
}

const some = (list: readonly Plan[]) => list.length > 0
const LOCKED = '“Shut down, change, start” is running in another tab. Cancel it first.'

describe('a plan that runs in another tab', () => {
  test('blocks its machine here, with the reason that a plan runs in another tab', async () => {
    const first = await tab()
    const second = await tab()
    expect(second.whyNot()).toBeNull()
    first.putPlan(plan())
    expect(await second.until(some)).toEqual([theirs()])
    expect(second.whyNot()).toBe(LOCKED)
    expect(await second.begin()).toEqual({ is: 'refused', reason: LOCKED })
    expect(second.stored()).toBe('')
  })

  test('is sent to a tab that opens later, if it is still running', async () => {
    const halted = plan({ key: 'h', phase: 'halted', target: { ...plan().target, id: 8 } })
    await tab([halted, plan()])
    const second = await tab()
    expect(await second.until(some)).toEqual([theirs()])
  })

  test('can be halted from this tab, and counts as running until its own tab has halted it', async () => {
    const first = await tab([plan()])
    const second = await tab()
    await second.until(some)
    const notified: unknown[] = []
    second.onPlanEnd((ended) => notified.push(ended))
    second.stopPlan('p')
    expect(second.plans()).toEqual([theirs()])
    await second.until(([one]) => one?.phase === 'halted')
    const ended = { phase: 'halted', stopped: true, note: 'You cancelled the plan.' }
    expect(first.plans()).toMatchObject([{ ...ended, otherTab: false }])
    expect(second.plans()).toMatchObject([{ ...ended, otherTab: true }])
    expect(second.whyNot()).toBeNull()
    expect(notified).toEqual([])
  })

  test('can be resumed only in its own tab, but this tab can start the machine', async () => {
    const first = await tab([plan()])
    const second = await tab()
    await second.until(some)
    first.haltPlan('p', 'BigV said no.')
    const [here] = await second.until(([one]) => one?.phase === 'halted')
    expect(second.planOptions(here as Plan)).toEqual(['start'])
    expect(first.planOptions(first.plans()[0] as Plan)).toEqual(['resume', 'start'])
    second.dismissPlan('p')
    expect([first, second].map((each) => each.planOn(each.plans(), 7) === undefined)).toEqual([false, true])
  })

  test('is dismissed here when it is dismissed in its own tab', async () => {
    const first = await tab([plan()])
    const second = await tab()
    await second.until(some)
    first.haltPlan('p', '')
    first.dismissPlan('p')
    await second.until(([one]) => one?.dismissed === true)
    expect(second.planOn(second.plans(), 7)).toBeUndefined()
  })

  test('replaces this tab’s halted plan for the same machine, but no running plan', async () => {
    const first = await tab()
    const old = plan({ key: 'old', phase: 'halted' })
    const second = await tab([old])
    first.putPlan(plan())
    expect(await second.until((list) => list.length === 2)).toEqual([{ ...old, dismissed: true }, theirs()])
    expect(second.planOn(second.plans(), 7)).toEqual(theirs())
    expect(second.stored()).not.toContain('"key":"p"')
    const third = await tab([plan({ key: 'own' })])
    const other = plan({ key: 'q', target: { ...plan().target, id: 8 } })
    first.putPlan(other)
    expect(await third.until((list) => list.length === 2)).toEqual([
      plan({ key: 'own' }),
      { ...other, otherTab: true },
    ])
  })

  test('is shown to the same user only', async () => {
    const first = await tab()
    const stranger = await tab([], 'colleague')
    const second = await tab()
    first.putPlan(plan())
    await second.until(some)
    expect(stranger.plans()).toEqual([])
  })

  test('is removed if its tab has been closed or has crashed', async () => {
    const first = await tab([plan()])
    const second = await tab()
    const third = await tab()
    await Promise.all([second.until(some), third.until(some)])
    const heard = new Promise<void>((resolve) => {
      const ear = new BroadcastChannel('bigv.plans')
      ear.addEventListener('message', ({ data }: MessageEvent<{ type: string }>) => {
        if (data.type === 'left') resolve()
      })
    })
    vi.setSystemTime(Date.now() + 1_000)
    first.leave()
    await heard
    vi.advanceTimersByTime(10_000)
    expect(second.plans()).toEqual([])

    const crashed = await tab([plan()])
    await third.until(some)
    for (const channel of channels) channel.postMessage = () => {}
    vi.advanceTimersByTime(180_000)
    expect(third.plans()).toEqual([])
    expect(crashed.plans()).toHaveLength(1)
  })
})
