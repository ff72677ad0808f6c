import { bind, type PlannedRequest } from '../../actions/action.ts'
import { reimage, type ImageInstall } from '../../actions/lifecycle.ts'
import { shutDown } from '../../actions/power.ts'
import { useAction } from '../../operations/use-action.ts'
import type { ActionFailure } from '../../operations/use-action.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import type { Plan } from '../../operations/plans/plan.ts'
import type { MachineInGroup } from '../../components/machine/machine-in-group.ts'
import type { FormFailure } from '../../components/form-dialog.tsx'
import { planRequests } from '../../operations/plans/begin-plan.ts'
import { reenter } from '../../operations/plans/control.ts'
import { useBeginPlan } from '../plan/begin-plan.tsx'

interface Reimage {
  disabledReason: string | null
  requests: (
    image: ImageInstall,
    forceAfter: number | null,
  ) => readonly (PlannedRequest & { only?: string })[]
  /** Calls back when it is done, or, as a plan, begun. */
  go: (image: ImageInstall, forceAfter: number | null, onDone: () => void) => void
  busy: boolean
  failure: (FormFailure & Partial<Pick<ActionFailure, 'fields'>>) | null
}

/**
 * How a re-image comes about: at once; as a plan that shuts the machine down first (`planned`); or for such a plan that needs it
 * once more (`plan`).
 */
export function useReimage(
  { group, machine }: MachineInGroup,
  planned: boolean,
  plan: Plan | undefined,
): Reimage {
  const now = useAction(reimage, { group, machine })
  const { begin, beginning, failure } = useBeginPlan({ group, machine })
  const disabledReasonOf = useDisabledReason(machine)
  const { vm } = machine
  if (plan !== undefined) {
    return {
      disabledReason: null,
      requests: (image) => bind(reimage, image).requests(plan.target, vm),
      go(image, _, onDone) {
        reenter(plan.key, bind(reimage, image), vm)
        onDone()
      },
      busy: false,
      failure: null,
    }
  }
  if (planned) {
    return {
      disabledReason: disabledReasonOf(shutDown),
      requests: (image, forceAfter) => planRequests(group, vm, bind(reimage, image), forceAfter),
      go(image, forceAfter, onDone) {
        void begin(bind(reimage, image), forceAfter).then((begun) => begun && onDone())
      },
      busy: beginning,
      failure,
    }
  }
  return {
    disabledReason: now.disabledReason,
    requests: now.requests,
    go: (image, _, onDone) => now.mutate(image, { onSuccess: onDone }),
    busy: now.isPending,
    failure: now.error,
  }
}
