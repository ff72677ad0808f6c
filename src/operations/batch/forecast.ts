import { bind } from '../../actions/action.ts'
import type { VirtualMachine } from '../../api/virtual-machine.ts'
import { machinePath } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { busyReason } from '../disabled-reason.ts'
import { autorebootChange } from '../../actions/power.ts'
import type { Operation } from '../operation.ts'
import { actionOf, taskLabel, type Task } from './task.ts'

/** A machine that was chosen, as it was last read; `vm` null when BigV no longer shows it. */
export interface Candidate {
  ref: GroupRef
  id: number
  name: string
  vm: VirtualMachine | null
}

/** A candidate that BigV shows. */
export interface Chosen extends Candidate {
  vm: VirtualMachine
}

/** The states that a list can tell. */
export type ListedState = 'running' | 'restarting' | 'stopped' | 'deleted'

/** Why a machine is left alone, in the order in which it is said. */
const REASONS = [
  'as wanted',
  'running',
  'restarting',
  'stopped',
  'busy',
  'forbidden',
  'deleted',
  'gone',
] as const

type Reason = (typeof REASONS)[number]

/** Machines that are left alone, with the reason in words for after their number, "already run", and for one: "already runs". */
interface LeftAlone {
  reason: Reason
  words: string
  one: string
  machines: readonly Candidate[]
}

/** The requests of one shape, with ID for the machine's, and to how many machines they go. */
interface Pattern {
  method: string
  path: string
  body: unknown
  count: number
}

/** What a task would do to the machines, as they read now. */
export interface Forecast {
  act: readonly Chosen[]
  left: readonly LeftAlone[]
  /** The states of those that are acted on. */
  states: readonly { state: ListedState; count: number }[]
  /** How many have their autoreboot_on changed, and to what. */
  autoreboot: { to: boolean; count: number } | null
  patterns: readonly Pattern[]
}

/** Takes a machine of a list and returns its state. */
export function listedState(vm: Pick<VirtualMachine, 'power_on' | 'autoreboot_on' | 'deleted'>): ListedState {
  if (vm.deleted) return 'deleted'
  if (vm.power_on) return 'running'
  return vm.autoreboot_on ? 'restarting' : 'stopped'
}

/**
 * Takes a task, the chosen machines as they were last read, what is running on each, by id, and whether BigV has refused this user
 * the task on it, and returns what the task would do: to which, with what requests, and which it leaves alone, and why. Pure; `now`
 * in ms.
 */
export function forecast(
  task: Task,
  candidates: readonly Candidate[],
  running: (id: number) => Operation | undefined,
  now: number,
  isForbidden: (candidate: Candidate) => boolean = () => false,
): Forecast {
  const act: Chosen[] = []
  const left = new Map<Reason, Candidate[]>()
  for (const candidate of candidates) {
    const reason = whyLeft(task, candidate.vm, running(candidate.id), isForbidden(candidate), now)
    if (reason !== null) {
      const others = left.get(reason)
      if (others === undefined) left.set(reason, [candidate])
      else others.push(candidate)
    } else if (candidate.vm !== null) act.push({ ...candidate, vm: candidate.vm })
  }
  return {
    act,
    left: REASONS.flatMap((reason) => {
      const machines = left.get(reason)
      if (machines === undefined) return []
      const words = leftWords(task, reason, machines.length === 1)
      return [{ reason, words, one: leftWords(task, reason, true), machines }]
    }),
    states: countStates(act),
    autoreboot: countAutoreboot(task, act),
    patterns: patternsOf(task, act),
  }
}

/** Takes a forecast and says it in a sentence: "Start 37; 4 already run and are left alone; 1 is deleted." */
export function forecastSentence(task: Task, { act, left }: Forecast): string {
  const others = left.map(({ words, machines }, index) => {
    const alone = machines.length === 1 ? 'is left alone' : 'are left alone'
    return `${machines.length} ${words}${index === 0 ? `${words.includes(',') ? ',' : ''} and ${alone}` : ''}`
  })
  return `${[`${taskLabel(task)} ${act.length}`, ...others].join('; ')}.`
}

/** Takes two forecasts and returns the machines of which the second says something else. */
export function differences(before: Forecast, now: Forecast): Candidate[] {
  const said = saidOf(before)
  return [...saidOf(now)].flatMap(([id, { candidate, says }]) =>
    said.get(id)?.says === says ? [] : [candidate],
  )
}

function saidOf({ act, left }: Forecast): Map<number, { candidate: Candidate; says: string }> {
  const acted = act.map((each): [Candidate, string] => [
    each,
    JSON.stringify([each.vm.name, listedState(each.vm), each.vm.autoreboot_on]),
  ])
  const alone = left.flatMap(({ reason, machines }) =>
    machines.map((each): [Candidate, string] => [each, reason]),
  )
  return new Map([...acted, ...alone].map(([candidate, says]) => [candidate.id, { candidate, says }]))
}

function whyLeft(
  task: Task,
  vm: VirtualMachine | null,
  running: Operation | undefined,
  isForbidden: boolean,
  now: number,
): Reason | null {
  if (vm === null) return 'gone'
  const action = actionOf(task)
  // Alone it would be a choice to do it again; among many it is noise.
  if (action.bulk?.alreadySo && action.isAchieved?.(vm)) return 'as wanted'
  if (action.disabledReason({ vm, creating: false }) !== null) return listedState(vm)
  if (isForbidden) return 'forbidden'
  return busyReason(action, running, now) === null ? null : 'busy'
}

function leftWords(task: Task, reason: Reason, one: boolean): string {
  const is = one ? 'is' : 'are'
  switch (reason) {
    case 'running':
      return one ? 'already runs' : 'already run'
    case 'stopped':
      return `${is} not running`
    case 'restarting':
      return `${is} off just now, until BigV has turned ${one ? 'it' : 'them'} on again`
    case 'deleted':
      return `${is} deleted`
    case 'as wanted':
      return actionOf(task).bulk?.alreadySo?.(one) ?? ''
    case 'busy':
      return `${one ? 'has' : 'have'} another change running`
    case 'forbidden':
      return `${is} not yours to do this to, as BigV has answered`
    case 'gone':
      return `${is} gone, or not yours to see`
  }
}

function countStates(act: readonly Chosen[]): Forecast['states'] {
  const counts = new Map<ListedState, number>()
  for (const { vm } of act) counts.set(listedState(vm), (counts.get(listedState(vm)) ?? 0) + 1)
  return [...counts].map(([state, count]) => ({ state, count }))
}

function countAutoreboot(task: Task, act: readonly Chosen[]): Forecast['autoreboot'] {
  const bound = bind(actionOf(task))
  const changes = act.flatMap(
    ({ ref, vm }) => autorebootChange(bound.requests(ref, vm), vm.autoreboot_on) ?? [],
  )
  // The action alone decides to what.
  const [first] = changes
  return first === undefined ? null : { to: first.after, count: changes.length }
}

function patternsOf(task: Task, act: readonly Chosen[]): Pattern[] {
  const bound = bind(actionOf(task))
  const patterns = new Map<string, Pattern>()
  for (const { ref, vm } of act) {
    const own = machinePath(ref, vm.id)
    const any = `${own.slice(0, -String(vm.id).length)}ID`
    for (const { method, path, body } of bound.requests(ref, vm)) {
      const shape = { method, path: any + path.slice(own.length), body }
      const key = JSON.stringify(shape)
      const known = patterns.get(key)
      if (known === undefined) patterns.set(key, { ...shape, count: 1 })
      else known.count += 1
    }
  }
  return [...patterns.values()]
}
