import { guidedOf, planTitle, type Plan } from '../../operations/plans/plan.ts'
import { onPlanEnd } from '../../operations/plans/store.ts'
import { toast } from '../../ui/toast/toast.ts'

/** Tells the end of every plan, wherever the user is by then. Call once, at the start. */
export function tellPlanEnds(): void {
  onPlanEnd((plan) => {
    const { target, phase, note, stopped } = plan
    const id = `plan-${target.id}`
    if (phase === 'done') {
      toast({ id, tone: 'ok', title: `${target.name} ${guidedOf(plan).done}`, text: noteOf(plan) })
    } else if (!stopped) {
      toast({ id, tone: 'danger', title: `${planTitle(plan)} ${target.name}: halted`, text: note })
    }
  })
}

/** What its last step has to say. */
function noteOf({ steps }: Plan): string {
  return steps.at(-1)?.note ?? ''
}
