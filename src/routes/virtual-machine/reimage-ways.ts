import { useGates } from '../../components/power/use-gates.ts'
import type { PlannedRequest } from '../../operations/operation.ts'
import { giveAgain } from '../../operations/plans/control.ts'
import type { Plan } from '../../operations/plans/plan.ts'
import { planRequests } from '../../operations/plans/requests.ts'
import { requestsOf, type ImageInstall } from '../../operations/requests.ts'
import { useSave, type SaveFailure } from './settings-save.ts'
import type { TabProps } from './tab-props.ts'
import { useBeginPlan } from './use-begin-plan.ts'

/** How a re-image comes about: at once, as a plan that shuts the machine down first, or as what such a plan is given again. */
interface Way {
  /** Why not now, or null. */
  refusal: string | null
  requests: (
    image: ImageInstall,
    forceAfter: number | null,
  ) => readonly (PlannedRequest & { only?: string })[]
  /** Does it; resolves to true when it is done, or, as a plan, begun. */
  go: (image: ImageInstall, forceAfter: number | null) => Promise<boolean>
  busy: boolean
  failure: SaveFailure | null
}

/**
 * Takes the machine, whether it is shut down first, and the plan that needs what is secret again, if it is for one; returns how
 * the machine is re-imaged.
 */
export function useReimage({ group, reading }: TabProps, planned: boolean, again: Plan | undefined): Way {
  const { save, saving, failure } = useSave()
  const plan = useBeginPlan()
  const refusalOf = useGates(reading)
  const { vm } = reading
  if (again !== undefined) {
    return {
      refusal: null,
      requests: (image) => requestsOf('reimage', again.target, vm, { image }),
      go(image) {
        giveAgain(again.key, { image }, vm)
        return Promise.resolve(true)
      },
      busy: false,
      failure: null,
    }
  }
  if (planned) {
    return {
      refusal: refusalOf('shut_down'),
      requests: (image, forceAfter) => planRequests(group, vm, asked(image, forceAfter)),
      go: (image, forceAfter) => plan.begin({ ...asked(image, forceAfter), group, reading }),
      busy: plan.beginning,
      failure: plan.failure,
    }
  }
  return {
    refusal: saving ? null : refusalOf('reimage'),
    requests: (image) => requestsOf('reimage', group, vm, { image }),
    go: async (image) => (await save({ action: 'reimage', group, reading, params: { image } })) !== null,
    busy: saving,
    failure,
  }
}

function asked(image: ImageInstall, forceAfter: number | null) {
  return { kind: 'reimage', image, forceAfter } as const
}
