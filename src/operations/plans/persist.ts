import { tabStorage } from '../../lib/browser/storage.ts'
import { formatClock } from '../../lib/times.ts'
import { currentSession } from '../../session/session.ts'
import { onUserChange } from '../../session/user-change.ts'
import { shareWithTabs } from '../share-with-tabs.ts'
import { advanceLater } from './control.ts'
import { isPlan, type Plan } from './plan.ts'
import {
  clearPlans,
  haltPlan,
  onHaltInOtherTab,
  planOn,
  plans,
  putPlan,
  removeOtherTabsPlan,
  subscribePlans,
} from './store.ts'

const KEY = 'bigv.plans'
/** A plan goes on by itself only over an absence as short as a reload: later the user is asked. */
const ASK_AFTER_MS = 60_000

interface Stored {
  plans: readonly Plan[]
  /** When the page was left; null while it is open, and so in the copy that a duplicated tab gets. */
  leftAt: number | null
}

/**
 * Keeps the plans over a reload of the page, in sessionStorage, for the user who made them. Afterwards those that ran go on, with a
 * fetch, as soon as that user is signed in; after more than a minute they are halted. Call once, at the start, after `keepOperations`.
 */
export function keepPlans(): void {
  putStored(read())
  subscribePlans(() => write(null))
  globalThis.addEventListener?.('pagehide', () => write(Date.now()))
  globalThis.addEventListener?.('pageshow', ({ persisted }) => persisted && write(null))
  onUserChange((now) => {
    const stored = read()
    clearPlans()
    if (now === undefined) tabStorage.remove(KEY)
    else putStored(stored)
  })
}

function write(leftAt: number | null): void {
  const own = plans().filter(({ otherTab }) => !otherTab)
  if (own.length === 0) tabStorage.remove(KEY)
  else tabStorage.write(KEY, { plans: own, leftAt } satisfies Stored)
}

function putStored(stored: Stored): void {
  const user = currentSession().credentials?.username
  const own = stored.plans.filter(({ username }) => username === user)
  for (const plan of own) putPlan(afterReload(plan, stored.leftAt))
  for (const { key, phase } of plans()) if (phase === 'running') advanceLater(key)
}

function read(): Stored {
  const { plans, leftAt } = (tabStorage.read(KEY) ?? {}) as Partial<Record<keyof Stored, unknown>>
  return {
    plans: Array.isArray(plans) ? plans.filter(isPlan) : [],
    leftAt: typeof leftAt === 'number' ? leftAt : null,
  }
}

function afterReload(plan: Plan, leftAt: number | null): Plan {
  if (plan.phase !== 'running') return plan
  if (leftAt !== null && Date.now() - leftAt <= ASK_AFTER_MS) return plan
  const since = leftAt === null ? '' : ` at ${formatClock(leftAt)}`
  return {
    ...plan,
    phase: 'halted',
    endedAt: Date.now(),
    note: `The page was left${since} while this was under way, so nothing more was sent for it.`,
  }
}

const isRunning = ({ phase }: Plan) => phase === 'running'

/**
 * Shows this tab's plans in the user's other tabs, and theirs here, so that nothing is done to their machines meanwhile. The tab
 * that began a plan advances it; the others can have it halted there. Call once, at the start, after `keepPlans`.
 */
export function sharePlans(): void {
  const haltThere = shareWithTabs({
    channel: 'bigv.plans',
    all: plans,
    subscribe: subscribePlans,
    put(theirs) {
      // Another tab may have another version of the dashboard.
      if (!isPlan(theirs)) return
      const here = planOn(plans(), theirs.target.id)
      // Begun in both at once: each tab advances its own, and BigV's machine takes one operation at a time.
      if (here === undefined || here.otherTab || !isRunning(here)) putPlan(theirs)
    },
    remove: removeOtherTabsPlan,
    underWay: isRunning,
    // A copied tab has a halted copy of the plan that goes on in the other.
    yields: (own, theirs) => isRunning(theirs) && !isRunning(own),
    wished: (key, note) => haltPlan(key, note, true),
  })
  if (haltThere !== null) onHaltInOtherTab(haltThere)
}
