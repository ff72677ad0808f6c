import { bind, type BoundAction } from '../../../actions/action.ts'
import { change } from '../../../actions/hardware.ts'
import { reimage } from '../../../actions/lifecycle.ts'
import { rescue } from '../../../actions/rescue.ts'
import { REF } from '../../../api/testing/machines.ts'
import type { Received } from '../../../api/testing/simulated-bigv.ts'
import { findPlan, plans, subscribePlans } from '../../plan-store.ts'
import { stepOf, type Plan, type PlanStep } from '../../plan.ts'
import type { Begun } from '../../run.ts'
import type { MachineAtBigv } from '../../testing/machine-at-bigv.ts'
import { decidedOnFrom } from '../../state.ts'
import { beginPlan, type Planned } from '../begin-plan.ts'

/** The system that the plans in these tests install. */
export const SYSTEM = 'wheezy'

/** The main actions of the plans in these tests, with their params. */
export const PLANS = {
  change: bind(change, { attributes: { cores: 2, memory: 512 } }),
  reimage: bind(reimage, { distribution: SYSTEM, root_password: 's3cret' }),
  rescue: bind(rescue),
} satisfies Record<string, BoundAction>

export type Kind = keyof typeof PLANS
export const KINDS: readonly Kind[] = ['change', 'reimage', 'rescue']

export type Role = PlanStep['role']

/** The roles of a plan's steps, in order. */
export const rolesOf = (kind: Kind): readonly Role[] =>
  kind === 'change' ? ['shut down', 'action', 'start'] : ['shut down', 'action']

/** Begins a plan of this kind on the machine in the simulator, and returns the plan's key. */
export async function begunPlan(
  { id, vm }: Pick<MachineAtBigv, 'id' | 'vm'>,
  kind: Kind,
  given: Partial<Planned> = {},
): Promise<string> {
  const bound = given.bound ?? PLANS[kind]
  // The values of the machine as the page shows it.
  const decidedOn = decidedOnFrom(bound, { vm: await vm(), creating: false })
  const begun: Begun = await beginPlan({ bound, ref: REF, id, decidedOn, forceAfter: null, ...given })
  if (begun.is !== 'begun') throw new Error(`It did not begin: ${JSON.stringify(begun)}`)
  return begun.key
}

/** Waits until the plan has this phase or fulfils this condition. */
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

/** Calls `act` once, when this step of a plan is next but hasn't begun. The plan's next request waits for `act` to finish. */
export function before(bigv: MachineAtBigv, role: Role, act: () => unknown): void {
  let acted = false
  const end = subscribePlans(() => {
    const [plan] = plans()
    const step = plan && stepOf(plan)
    if (acted || step?.role !== role || step.operation !== null) return
    acted = true
    end()
    const over = Promise.resolve(act())
    bigv.onRequest = () => over
  })
}

/** A write of a plan. A shutdown has two writes, of which `keep off` is the first, the PUT. */
export type Written = Role | 'keep off'

/** The write of a plan that this request is; null for a GET. */
export function writtenFor({ method, path, body }: Received): Written | null {
  if (method === 'GET') return null
  if (path.endsWith('/signal')) return 'shut down'
  if (path.endsWith('/reimage')) return 'action'
  const written = body as object
  if ('appliance' in written) return 'action'
  if ('power_on' in written) return 'start'
  return 'autoreboot_on' in written ? 'keep off' : 'action'
}
