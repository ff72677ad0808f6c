import type { Guided } from '../../actions/action.ts'
import { machineActions } from '../../actions/index.ts'
import { withoutCredentials } from '../../api/redact.ts'
import { formatMib } from '../../lib/units.ts'
import { yesNo } from '../../lib/text.ts'
import type { Plan, PlanKind, StepAction } from './plan.ts'

/** How an action is done as a plan. */
export function guidedOf(kind: PlanKind): Guided {
  const { guided } = machineActions[kind]
  if (guided === undefined) throw new Error(`There is no plan for ${kind}.`)
  return guided
}

/** What a kind of plan does, in the order in which it does it. */
export function planSteps(kind: PlanKind): readonly StepAction[] {
  return ['shut_down', kind, ...(guidedOf(kind).startsAgain ? (['start'] as const) : [])]
}

/** Takes a plan and returns what it is called: "Shut down, change, start". */
export function planTitle({ kind }: Pick<Plan, 'kind'>): string {
  return guidedOf(kind).title
}

type Described = Pick<Plan, 'before' | 'patch' | 'movesTo' | 'distribution'>

/** Takes a plan and one of its steps and returns what the step does: "Change cores 1 → 2". */
export function stepLabel(plan: Described, action: StepAction): string {
  if (action === 'shut_down') return machineActions.shut_down.label
  if (action === 'start') return `Start, with autoreboot_on ${yesNo(plan.before.autoreboot_on)} as before`
  return guidedOf(action).step({ changes: changesInWords(plan), distribution: plan.distribution })
}

const NAMES: Readonly<Record<string, string>> = {
  hardware_profile: 'hardware profile',
  hardware_profile_locked: 'lock of the profile',
  cdrom_url: 'CD',
  group_id: 'group',
}

/** Takes what a plan changes and returns it in words: "cores 1 → 2, memory 2 GiB → 1 GiB". */
export function changesInWords({ before, patch, movesTo }: Omit<Described, 'distribution'>): string {
  return Object.entries(patch)
    .map(([name, to]) => {
      if (name === 'group_id' && movesTo !== null) return `group to ${movesTo}`
      return `${NAMES[name] ?? name} ${shown(name, before.attributes[name])} → ${shown(name, to)}`
    })
    .join(', ')
}

function shown(name: string, value: unknown): string {
  if (name === 'memory' && typeof value === 'number') return formatMib(value)
  if (typeof value === 'boolean') return yesNo(value)
  return value === null || value === undefined || value === '' ? 'none' : shownText(value)
}

function shownText(value: unknown): string {
  return typeof value === 'string' ? withoutCredentials(value) : JSON.stringify(value)
}
