import { withoutCredentials } from '../../api/redact.ts'
import { formatMib } from '../../lib/units.ts'
import { yesNo } from '../wording.ts'
import type { Plan, PlanKind, StepAction } from './plan.ts'

/** What each kind of plan does, in the order in which it does it. */
export const PLAN_STEPS: Readonly<Record<PlanKind, readonly StepAction[]>> = {
  change: ['shut_down', 'change', 'start'],
  reimage: ['shut_down', 'reimage'],
  rescue: ['shut_down', 'rescue'],
}

const TITLES: Readonly<Record<PlanKind, string>> = {
  change: 'Shut down, change, start',
  reimage: 'Shut down, re-image',
  rescue: 'Shut down, start rescue',
}

/** Takes a plan and returns what it is called: "Shut down, change, start". */
export function planTitle({ kind }: Pick<Plan, 'kind'>): string {
  return TITLES[kind]
}

type Described = Pick<Plan, 'before' | 'patch' | 'movesTo' | 'distribution'>

/** Takes a plan and one of its steps and returns what the step does: "Change cores 1 → 2". */
export function stepLabel(plan: Described, action: StepAction): string {
  switch (action) {
    case 'shut_down':
      return 'Shut down'
    case 'change':
      return `Change ${changesInWords(plan)}`
    case 'start':
      return `Start, with autoreboot_on ${yesNo(plan.before.autoreboot_on)} as before`
    case 'reimage':
      return `Re-image${plan.distribution === null ? '' : ` with ${plan.distribution}`}`
    case 'rescue':
      return 'Start the rescue system'
  }
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
