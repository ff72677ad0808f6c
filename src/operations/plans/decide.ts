import { redacted } from '../../api/redact.ts'
import type { MachineReading } from '../../api/virtual-machines.ts'
import { refusals } from '../refusals.ts'
import type { Params } from '../requests.ts'
import { inWords } from '../state.ts'
import { words } from '../wording.ts'
import type { Plan, PlanStep } from './plan.ts'
import { isSecret, needsAgain } from './secrets.ts'
import type { Held } from './store.ts'

/** What the next step of a plan comes to on a machine that reads thus. */
export type Move =
  | { is: 'done'; note: string }
  | { is: 'begin'; params: Params }
  | { is: 'halt'; note: string }

const done = (note: string): Move => ({ is: 'done', note })
const halt = (note: string): Move => ({ is: 'halt', note })

/**
 * Takes a plan, its next step, the machine as it was just read, and what is held of the plan's secrets; returns what to do.
 * A step whose end is there already is done, whoever brought it about; one whose ground is gone halts the plan. Pure.
 */
export function decide(plan: Plan, { action }: PlanStep, reading: MachineReading, held: Held): Move {
  const { vm } = reading
  if (vm.deleted) return halt('It was deleted meanwhile.')
  const there = isThere(plan, action, reading)
  if (there !== null) return done(there)
  if (action === 'change' || action === 'reimage' || action === 'rescue') {
    if (vm.power_on || vm.autoreboot_on) {
      return halt(
        `It is not off any more: it reads ${inWords(reading)}. Nothing was sent to ${VERBS[action]} it.`,
      )
    }
  }
  const refused = refusals[action](reading)
  if (refused !== null) return halt(`${words[action].label}: ${refused}`)
  if (needsAgain(plan, held)) return halt(AGAIN[plan.kind] ?? '')
  switch (action) {
    case 'shut_down':
    case 'rescue':
      return { is: 'begin', params: {} }
    case 'start':
      return { is: 'begin', params: { autoreboot_on: plan.before.autoreboot_on } }
    case 'reimage':
      return { is: 'begin', params: held.image === undefined ? {} : { image: held.image } }
    case 'change': {
      const others = otherwise(plan, reading)
      return others.length > 0
        ? halt(`Somebody else has changed it: ${others.join(' ')} Nothing was sent to change it.`)
        : { is: 'begin', params: { patch: held.patch ?? plan.patch } }
    }
  }
}

const VERBS = { change: 'change', reimage: 're-image', rescue: 'rescue' } as const

/** What is missing after a reload, by kind. */
const AGAIN: Partial<Record<Plan['kind'], string>> = {
  reimage:
    'The page was loaded anew meanwhile: the password, the keys and the script are kept nowhere, so they have to be given again.',
  change:
    'The page was loaded anew meanwhile: the CD’s URL has a password in it, which is kept nowhere. Save the CD again in the settings.',
}

/**
 * Takes a plan, one of its steps and a reading, and returns what to say where the reading shows that the step's end is there
 * already, else null. That a machine is on does not show that it was re-imaged, or what it was started with.
 */
export function isThere(plan: Plan, action: PlanStep['action'], { vm }: MachineReading): string | null {
  switch (action) {
    case 'shut_down':
      return vm.power_on || vm.autoreboot_on ? null : 'It is off.'
    case 'start':
      return vm.power_on ? 'It is on.' : null
    case 'change':
      return hasPatch(plan, vm) ? 'It has these values.' : null
    case 'reimage':
    case 'rescue':
      return null
  }
}

/** Whether a machine that reads thus has what the plan writes; false where that cannot be told, for what is secret in it. */
export function hasPatch({ patch }: Pick<Plan, 'patch'>, vm: Readonly<Record<string, unknown>>): boolean {
  if (isSecret(patch)) return false
  return Object.entries(patch).every(([name, value]) => (vm[name] ?? null) === value)
}

/** What reads otherwise than the user was shown. */
function otherwise({ before, patch }: Plan, { vm }: MachineReading): string[] {
  return Object.entries(before.attributes).flatMap(([name, was]) => {
    const now = redacted(vm[name] ?? null)
    if (now === (was ?? null) || now === patch[name]) return []
    return [`${name} reads ${JSON.stringify(now)}, not ${JSON.stringify(was ?? null)}.`]
  })
}
