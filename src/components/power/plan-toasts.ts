import type { Plan, PlanKind } from '../../operations/plans/plan.ts'
import { onPlanEnd } from '../../operations/plans/store.ts'
import { planTitle } from '../../operations/plans/wording.ts'
import { toast } from '../../ui/toast.ts'

const DONE: Readonly<Record<PlanKind, string>> = {
  change: 'was changed and is running',
  reimage: 'was re-imaged and is running',
  rescue: 'was started for rescue',
}

/** Tells the end of every plan, wherever the user is by then. Call once, at the start. */
export function tellPlanEnds(): void {
  onPlanEnd((plan) => {
    const { target, phase, note, stopped } = plan
    const id = `plan-${target.id}`
    if (phase === 'done') {
      toast({ id, tone: 'ok', title: `${target.name} ${DONE[plan.kind]}`, text: noteOf(plan) })
    } else if (!stopped) {
      toast({ id, tone: 'danger', title: `${planTitle(plan)} ${target.name}: halted`, text: note })
    }
  })
}

/** What its last step has to say. */
function noteOf({ steps }: Plan): string {
  return steps.at(-1)?.note ?? ''
}
