import { isActionName, machineActionOf, type ActionName } from '../../actions/index.ts'
import { currentUser, persisted } from '../../lib/persisted.ts'
import { validEntries, z, type Schema } from '../../lib/schema.ts'
import { shared } from '../../lib/shared.ts'
import { previousLeftAt } from '../../lib/tab.ts'
import { atWhen } from '../../lib/times.ts'
import { clearPlans, haltPlan, onHaltInOtherTab, planOn, plans, planStore, putPlan } from '../plan-store.ts'
import type { Plan } from '../plan.ts'
import { advanceLater } from './control.ts'

const KEY = 'bigv.plans'
/** A plan continues automatically if the page was closed only briefly, as by a reload. After more than this many ms, it is halted. */
const ASK_AFTER_MS = 60_000

/**
 * Keeps the plans across page reloads, in sessionStorage, for the user who began them. Once that user is signed in, running plans
 * continue with a fetch; if more than a minute has passed, they are halted. Call once, at the start, after `keepOperations`.
 */
export function keepPlans(): void {
  // Removes the plans' secrets from memory before the store loads the next user's plans.
  currentUser.subscribe(clearPlans)
  persisted(planStore, {
    key: KEY,
    where: 'tab',
    schema: z.pipe(
      validEntries(planSchema),
      z.transform((list) =>
        list
          .filter(({ username }) => username === currentUser.get())
          .map((plan) => (isRunning(plan) ? afterReload(plan) : plan)),
      ),
    ),
    save: (list) => (list.some(isOwn) ? list.filter(isOwn) : undefined),
  })
  currentUser.subscribe(advanceRunning)
  advanceRunning()
}

/**
 * Shows this tab's plans in the user's other tabs, and their plans here, so that every tab blocks other actions on those machines. Only the
 * tab that began a plan advances it; the other tabs can make that tab halt it. Call once, at the start, after `keepPlans`.
 */
export function sharePlans(): void {
  const askOwner = shared(planStore, {
    channel: KEY,
    isRunning,
    put(theirs) {
      const { success, data: plan } = planSchema.safeParse(theirs)
      if (!success) return
      const here = planOn(plans(), plan.target.id)
      // If two tabs begin a plan at the same time, each advances its own plan. BigV only accepts one operation at a time per machine.
      if (here === undefined || here.otherTab || !isRunning(here)) putPlan(plan)
    },
    onAsked: (key, note) => haltPlan(key, note, true),
  })
  onHaltInOtherTab(askOwner)
}

const isOwn = ({ otherTab }: Plan) => !otherTab
const isRunning = ({ phase }: Plan) => phase === 'running'

function advanceRunning(): void {
  for (const { key } of plans().filter(isRunning)) advanceLater(key)
}

function afterReload(plan: Plan): Plan {
  const left = previousLeftAt()
  if (left !== null && Date.now() - left <= ASK_AFTER_MS) return plan
  const since = left === null ? '' : ` ${atWhen(left)}`
  return {
    ...plan,
    phase: 'halted',
    endedAt: Date.now(),
    note: `You left the page${since} while the plan was running. Nothing more was sent.`,
  }
}

/** A plan from the storage or from another tab. Both may be of another version of the dashboard. */
const planSchema: Schema<Plan> = z.lazy(() =>
  z.object({
    key: z.string(),
    // Rejects plans stored in the old format, with `kind` and `patch` in place of `action`, and plans of an action without `guided`.
    action: z.custom<ActionName>(
      (name) => typeof name === 'string' && isActionName(name) && machineActionOf(name)?.guided !== undefined,
    ),
    kept: z.record(z.string(), z.unknown()),
    target: z.object({ account: z.string(), group: z.string(), id: z.number(), name: z.string() }),
    username: z.string(),
    phase: z.enum(['running', 'halted', 'done']),
    steps: z.array(
      z.object({
        role: z.enum(['shut down', 'action', 'start']),
        done: z.boolean(),
        operation: z.nullable(z.string()),
        tried: z.nullable(z.enum(['refused', 'unclear', 'superseded', 'cancelled', 'no longer watching'])),
        note: z.string(),
      }),
    ),
    before: z.object({ autoreboot_on: z.boolean() }),
    forceAfter: z.nullable(z.number()),
    begunAt: z.number(),
    endedAt: z.nullable(z.number()),
    note: z.string(),
    stopped: z.boolean(),
    otherTab: z.boolean(),
    dismissed: z.boolean(),
  }),
)
