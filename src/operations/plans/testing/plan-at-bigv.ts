import { bind, type BoundAction } from '../../../actions/action.ts'
import { change } from '../../../actions/hardware.ts'
import { reimage } from '../../../actions/lifecycle.ts'
import { rescue } from '../../../actions/rescue.ts'
import type { Received } from '../../../api/testing/fake-bigv.ts'
import { machineData, REF } from '../../../api/testing/machines.ts'
import { findPlan, plans, subscribePlans } from '../../plan-store.ts'
import { stepOf, type Plan, type PlanStep } from '../../plan.ts'
import type { Begun } from '../../run.ts'
import { decidedOnFrom } from '../../state.ts'
import { beginPlan, type Planned } from '../begin-plan.ts'

/** What the plans of these tests are for, and what it carries. */
export const PLANS = {
  change: bind(change, { attributes: { cores: 2, memory: 512 } }),
  reimage: bind(reimage, { distribution: 'wheezy', root_password: 's3cret' }),
  rescue: bind(rescue),
} satisfies Record<string, BoundAction>

export type Kind = keyof typeof PLANS
export const KINDS: readonly Kind[] = ['change', 'reimage', 'rescue']

/** A step by the kind of plan that it belongs to, and its role. */
export type Role = PlanStep['role']

/** The roles of a plan's steps, in order. */
export const rolesOf = (kind: Kind): readonly Role[] =>
  kind === 'change' ? ['shut down', 'action', 'start'] : ['shut down', 'action']

/** Begins a plan of this kind on the machine of `machineAtBigv`, and returns its key. */
export async function begunPlan(kind: Kind, given: Partial<Planned> = {}): Promise<string> {
  const bound = given.bound ?? PLANS[kind]
  // On the machine as the page has it.
  const decidedOn = decidedOnFrom(bound, machineData())
  const begun: Begun = await beginPlan({ bound, ref: REF, id: 7, decidedOn, forceAfter: null, ...given })
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
export function before(role: Role, act: () => void): void {
  let acted = false
  const end = subscribePlans(() => {
    const [plan] = plans()
    const step = plan && stepOf(plan)
    if (acted || step?.role !== role || step.operation !== null) return
    acted = true
    end()
    act()
  })
}

/** A write of a plan; a shutdown has two, of which the first, the PUT, is `keep off`. */
export type Written = Role | 'keep off'

/** Which step a request belongs to, if it writes. */
export function writtenFor({ method, path, body }: Received): Written | null {
  if (method === 'GET') return null
  if (path.endsWith('/signal')) return 'shut down'
  if (path.endsWith('/reimage')) return 'action'
  const written = body as object
  if ('appliance' in written) return 'action'
  if ('power_on' in written) return 'start'
  return 'autoreboot_on' in written ? 'keep off' : 'action'
}
