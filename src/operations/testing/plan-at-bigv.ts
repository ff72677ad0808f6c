import type { Received } from '../../api/testing/fake-bigv.ts'
import { type Begun, decidedOnFrom } from '../run.ts'
import { beginPlan, boundMain, type Main, type Planned } from '../plans/begin-plan.ts'
import { stepOf, type Plan, type PlanKind, type StepAction } from '../plans/plan.ts'
import { findPlan, plans, subscribePlans } from '../plans/store.ts'
import { machineData, REF } from '../../api/testing/machines.ts'

/** What each kind of plan asks for in these tests. */
export const PLANS = {
  change: { kind: 'change', patch: { cores: 2, memory: 512 } },
  reimage: { kind: 'reimage', image: { distribution: 'wheezy', root_password: 's3cret' } },
  rescue: { kind: 'rescue' },
} as const satisfies Record<PlanKind, Partial<Planned>>

/** Begins a plan of this kind on the machine of `machineAtBigv`, and returns its key. */
export async function begunPlan(kind: PlanKind, given: Partial<Planned> = {}): Promise<string> {
  // Of the kind that was given, on the machine as the page has it.
  const main = { ...PLANS[kind], forceAfter: null, ...given } as Main & { forceAfter: number | null }
  const decidedOn = given.decidedOn ?? decidedOnFrom(boundMain(main), machineData())
  const begun: Begun = await beginPlan({ ...main, ref: REF, id: 7, decidedOn })
  if (begun.is !== 'begun') throw new Error(`It did not begin: ${JSON.stringify(begun)}`)
  return begun.key
}

/** Waits until the plan is as the test says. */
export function untilPlan(key: string, as: Plan['phase'] | ((plan: Plan) => boolean)): Promise<Plan> {
  const fits = typeof as === 'function' ? as : ({ phase }: Plan) => phase === as
  return new Promise((resolve) => {
    const look = () => {
      const plan = findPlan(key)
      if (plan === undefined || !fits(plan)) return
      end()
      resolve(plan)
    }
    const end = subscribePlans(look)
    look()
  })
}

/** Calls `act` once, when this step of a plan is next and nothing was begun for it. */
export function before(action: StepAction, act: () => void): void {
  let acted = false
  const end = subscribePlans(() => {
    const [plan] = plans()
    const step = plan && stepOf(plan)
    if (acted || step?.action !== action || step.operation !== null) return
    acted = true
    end()
    act()
  })
}

/** Which step a request belongs to, if it writes; a shutdown's first, the PUT, is told from its signal. */
export function writtenFor({ method, path, body }: Received): StepAction | 'keep off' | null {
  if (method === 'GET') return null
  if (path.endsWith('/signal')) return 'shut_down'
  if (path.endsWith('/reimage')) return 'reimage'
  const written = body as object
  if ('appliance' in written) return 'rescue'
  if ('power_on' in written) return 'start'
  return 'autoreboot_on' in written ? 'keep off' : 'change'
}
