import type { MachineInGroup } from '../../components/machine/machine-in-group.ts'
import type { ComponentProps } from 'react'
import { reimage } from '../../actions/lifecycle.ts'
import type { Plan } from '../../operations/plans/plan.ts'
import { PlanPanel } from '../plan/plan-panel.tsx'
import { ReimageDialog } from '../reimage/reimage-dialog.tsx'

// Secrets are not stored, so that a form may have to be opened once more. Here, because the forms begin plans themselves.
const REENTER_FORMS: ComponentProps<typeof PlanPanel>['reenterForms'] = new Map([
  [reimage, (props) => <ReimageDialog {...props} />],
])

/** The plan on this machine. Loaded with the first one. */
export function MachinePlan(props: MachineInGroup & { plan: Plan }) {
  return <PlanPanel {...props} reenterForms={REENTER_FORMS} />
}
