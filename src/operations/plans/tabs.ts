import { shareWithTabs } from '../share-with-tabs.ts'
import type { Plan } from './plan.ts'
import { haltPlan, onHaltWish, planOn, plans, putPlan, removeOtherTabsPlan, subscribePlans } from './store.ts'

const isRunning = ({ phase }: Plan) => phase === 'running'

/**
 * Tells the user's other tabs of this tab's plans, and holds theirs here, so that nothing is done to their machines meanwhile.
 * The tab that began a plan takes it forward; the others can have it halted there. Call once, at the start, after `keepPlans`.
 */
export function sharePlans(): void {
  const wish = shareWithTabs({
    channel: 'bigv.plans',
    all: plans,
    subscribe: subscribePlans,
    put(theirs) {
      const here = planOn(plans(), theirs.target.id)
      // Begun in both at once: each tab drives its own, and BigV's machine takes one operation at a time.
      if (here === undefined || here.otherTab || !isRunning(here)) putPlan(theirs)
    },
    remove: removeOtherTabsPlan,
    underWay: isRunning,
    // A copied tab has a halted copy of the plan that goes on in the other.
    yields: (own, theirs) => isRunning(theirs) && !isRunning(own),
    wished: (key, note) => haltPlan(key, note, true),
  })
  if (wish !== null) onHaltWish(wish)
}
