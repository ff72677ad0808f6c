import { bind } from '../../actions/action.ts'
import { reimage, type ImageInstall } from '../../actions/lifecycle.ts'
import { shutDown } from '../../actions/power.ts'
import type { FormFailure } from '../../components/form-dialog.tsx'
import { type ActionFailure, useAction } from '../../operations/use-action.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import type { PlannedRequest } from '../../operations/operation.ts'
import { giveAgain } from '../../operations/plans/control.ts'
import type { Plan } from '../../operations/plans/plan.ts'
import { planRequests } from '../../operations/plans/requests.ts'
import type { TabProps } from '../../components/machine/tab-props.ts'
import { useBeginPlan } from '../plan/use-begin-plan.ts'

/** How a re-image comes about: at once, as a plan that shuts the machine down first, or as what such a plan is given again. */
interface Way {
  /** Why not now, or null. */
  disabledReason: string | null
  requests: (
    image: ImageInstall,
    forceAfter: number | null,
  ) => readonly (PlannedRequest & { only?: string })[]
  /** Does it; calls back when it is done, or, as a plan, begun. */
  go: (image: ImageInstall, forceAfter: number | null, onDone: () => void) => void
  busy: boolean
  failure: (FormFailure & Partial<Pick<ActionFailure, 'fields'>>) | null
}

/**
 * Takes the machine, whether it is shut down first, and the plan that needs what is secret again, if it is for one; returns how
 * the machine is re-imaged.
 */
export function useReimage({ group, machine }: TabProps, planned: boolean, again: Plan | undefined): Way {
  const now = useAction(reimage, { group, machine })
  const plan = useBeginPlan()
  const disabledReasonOf = useDisabledReason(machine)
  const { vm } = machine
  if (again !== undefined) {
    return {
      disabledReason: null,
      requests: (image) => bind(reimage, image).requests(again.target, vm),
      go(image, _, onDone) {
        giveAgain(again.key, { image }, vm)
        onDone()
      },
      busy: false,
      failure: null,
    }
  }
  if (planned) {
    return {
      disabledReason: disabledReasonOf(shutDown),
      requests: (image, forceAfter) => planRequests(group, vm, asked(image, forceAfter)),
      go(image, forceAfter, onDone) {
        void plan.begin({ ...asked(image, forceAfter), group, machine }).then((begun) => begun && onDone())
      },
      busy: plan.beginning,
      failure: plan.failure,
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

function asked(image: ImageInstall, forceAfter: number | null) {
  return { kind: 'reimage', image, forceAfter } as const
}
