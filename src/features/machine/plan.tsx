import { reimage } from '../../actions/lifecycle.ts'
import type { TabProps } from '../../components/machine/tab-props.ts'
import type { Plan } from '../../operations/plans/plan.ts'
import { PlanPanel } from '../plan/plan-panel.tsx'
import { ReimageDialog } from '../reimage/reimage-dialog.tsx'

// The forms that can be opened once more, as secrets are not stored. Here, because they begin plans themselves.
const REENTER_FORMS = new Map([[reimage, ReimageDialog]])

/** The plan on this machine. Loaded with the first one. */
export function MachinePlan(props: TabProps & { plan: Plan }) {
  return <PlanPanel {...props} reenterForms={REENTER_FORMS} />
}
