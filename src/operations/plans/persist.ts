import { tabStorage } from '../../lib/browser/storage.ts'
import { currentSession } from '../../session/session.ts'
import { onUserChange } from '../../session/user-change.ts'
import { formatClock } from '../../lib/times.ts'
import { advanceLater } from './driver.ts'
import type { Plan } from './plan.ts'
import { clearPlans, plans, putPlan, subscribePlans } from './store.ts'

const KEY = 'bigv.plans'
/** A plan goes on by itself only over an absence as short as a reload: later the user is asked. */
const ASK_AFTER_MS = 60_000

interface Kept {
  plans: readonly Plan[]
  /** When the page was left; null while it is open, and so in the copy that a duplicated tab gets. */
  leftAt: number | null
}

/**
 * Keeps the plans over a reload of the page, in sessionStorage, for the user who made them. Afterwards those that ran go on,
 * from a reading, as soon as that user is signed in; where more than a minute has passed they are halted. Call once, at the
 * start, after `keepOperations`.
 */
export function keepPlans(): void {
  takeUp()
  subscribePlans(() => write(null))
  globalThis.addEventListener?.('pagehide', () => write(Date.now()))
  globalThis.addEventListener?.('pageshow', ({ persisted }) => persisted && write(null))
  onUserChange((now) => {
    const kept = read()
    clearPlans()
    if (now === undefined) tabStorage.remove(KEY)
    else takeUp(kept)
  })
}

function write(leftAt: number | null): void {
  const own = plans().filter(({ otherTab }) => !otherTab)
  if (own.length === 0) tabStorage.remove(KEY)
  else tabStorage.write(KEY, { plans: own, leftAt } satisfies Kept)
}

function takeUp(kept = read()): void {
  if (kept === null) return
  const user = currentSession().credentials?.username
  const own = kept.plans.filter(({ username }) => username === user)
  for (const plan of own) putPlan(afterReload(plan, kept.leftAt))
  for (const { key, phase } of plans()) if (phase === 'running') advanceLater(key)
}

function read(): Kept | null {
  const value = tabStorage.read(KEY)
  return isKept(value) ? value : null
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null || !('plans' in value)) return false
  return Array.isArray(value.plans) && value.plans.every(isPlan)
}

function isPlan(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'steps' in value && 'target' in value
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
