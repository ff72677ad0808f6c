import { bind, type SimpleAction } from '../../actions/action.ts'
import { autorebootChange } from '../../actions/autoreboot.ts'
import { machinePath, type VirtualMachine } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { busyReason } from '../disabled-reason.ts'
import type { Operation } from '../operation.ts'
import { batchLabel } from './batch.ts'

/** A selected machine as last fetched; `vm` is null if BigV no longer shows it. */
export interface Candidate {
  ref: GroupRef
  id: number
  name: string
  vm: VirtualMachine | null
}

export interface FoundCandidate extends Candidate {
  vm: VirtualMachine
}

export type ListedState = 'running' | 'restarting' | 'stopped' | 'deleted'

/** The reasons why a machine is skipped, in display order. */
const REASONS = [
  'achieved',
  'running',
  'restarting',
  'stopped',
  'busy',
  'forbidden',
  'deleted',
  'gone',
] as const

type Reason = (typeof REASONS)[number]

/** Skipped machines, with the reason in words that follow their number: "already running". */
interface Skipped {
  reason: Reason
  words: string
  machines: readonly Candidate[]
}

/** A request with ID in place of the machine's id, and the number of machines that it is sent to. */
interface Pattern {
  method: string
  path: string
  body: unknown
  count: number
}

/** The effect of an action on many machines. */
export interface Forecast {
  act: readonly FoundCandidate[]
  skipped: readonly Skipped[]
  /** The states of the machines in `act`. */
  states: readonly { state: ListedState; count: number }[]
  /** How many machines would have their autoreboot_on changed, and to what value. */
  autoreboot: { to: boolean; count: number } | null
  patterns: readonly Pattern[]
}

export function listedState(vm: Pick<VirtualMachine, 'power_on' | 'autoreboot_on' | 'deleted'>): ListedState {
  if (vm.deleted) return 'deleted'
  if (vm.power_on) return 'running'
  return vm.autoreboot_on ? 'restarting' : 'stopped'
}

/**
 * The effect that the action would have on the selected machines. Pure.
 * @param running the operation that is running on a machine, by the machine's id
 * @param now in ms since 1970
 * @param isForbidden true if BigV has refused this user the action on the machine
 */
export function forecast(
  action: SimpleAction,
  candidates: readonly Candidate[],
  running: (id: number) => Operation | undefined,
  now: number,
  isForbidden: (candidate: Candidate) => boolean = () => false,
): Forecast {
  const act: FoundCandidate[] = []
  const skipped = new Map<Reason, Candidate[]>()
  for (const candidate of candidates) {
    const reason = skipReason(action, candidate.vm, running(candidate.id), isForbidden(candidate), now)
    if (reason !== null) {
      const others = skipped.get(reason)
      if (others === undefined) skipped.set(reason, [candidate])
      else others.push(candidate)
    } else if (candidate.vm !== null) act.push({ ...candidate, vm: candidate.vm })
  }
  return {
    act,
    skipped: REASONS.flatMap((reason) => {
      const machines = skipped.get(reason)
      if (machines === undefined) return []
      return [{ reason, words: skippedWords(action, reason), machines }]
    }),
    states: countStates(act),
    autoreboot: countAutoreboot(action, act),
    patterns: patternsOf(action, act),
  }
}

/** How many of the machines the action would be sent to. Cheaper than a forecast: a button asks again at each change of the list. */
export function countActing(
  action: SimpleAction,
  machines: readonly { group: GroupRef; vm: VirtualMachine }[],
  running: (id: number) => Operation | undefined,
  isForbidden: (ref: GroupRef, vm: VirtualMachine) => boolean,
  now: number,
): number {
  return machines.filter(
    ({ group, vm }) => skipReason(action, vm, running(vm.id), isForbidden(group, vm), now) === null,
  ).length
}

/** "Start 37; skipped: 4 already running, 1 deleted." */
export function forecastSentence(action: SimpleAction, { act, skipped }: Forecast): string {
  const others = skipped.map(({ words, machines }) => `${machines.length} ${words}`)
  const rest = others.length === 0 ? '' : `; skipped: ${others.join(', ')}`
  return `${batchLabel(action)} ${act.length}${rest}.`
}

/** The machines for which the two forecasts differ. */
export function differences(before: Forecast, now: Forecast): Candidate[] {
  const earlier = shownById(before)
  return [...shownById(now)].flatMap(([id, { candidate, shown }]) =>
    earlier.get(id)?.shown === shown ? [] : [candidate],
  )
}

/** A sentence lists at most this many machines by name. */
const MAX_NAMED = 5

/** The machines found by `differences`, in a sentence: "web1, web2 changed while this dialog was open." */
export function changedSentence(changed: readonly Candidate[]): string {
  const names = changed.slice(0, MAX_NAMED).map(({ name }) => name)
  const more = changed.length > MAX_NAMED ? ` and ${changed.length - MAX_NAMED} more` : ''
  return `${names.join(', ')}${more} changed while this dialog was open.`
}

function shownById({ act, skipped }: Forecast): Map<number, { candidate: Candidate; shown: string }> {
  const acted = act.map((each): [Candidate, string] => [
    each,
    JSON.stringify([each.vm.name, listedState(each.vm), each.vm.autoreboot_on]),
  ])
  const others = skipped.flatMap(({ reason, machines }) =>
    machines.map((each): [Candidate, string] => [each, reason]),
  )
  return new Map([...acted, ...others].map(([candidate, shown]) => [candidate.id, { candidate, shown }]))
}

function skipReason(
  action: SimpleAction,
  vm: VirtualMachine | null,
  running: Operation | undefined,
  isForbidden: boolean,
  now: number,
): Reason | null {
  if (vm === null) return 'gone'
  // Users may want to repeat an action on one machine, but not on many.
  if (action.bulk?.skippedText && action.isAchieved?.(vm)) return 'achieved'
  if (action.disabledReason({ vm, creating: false }) !== null) return listedState(vm)
  if (isForbidden) return 'forbidden'
  return busyReason(action, running, now) === null ? null : 'busy'
}

function skippedWords(action: SimpleAction, reason: Reason): string {
  switch (reason) {
    case 'running':
      return 'already running'
    case 'stopped':
      return 'not running'
    case 'restarting':
      return 'off until BigV turns them back on'
    case 'deleted':
      return 'deleted'
    case 'achieved':
      return action.bulk?.skippedText ?? ''
    case 'busy':
      return 'busy with another action'
    case 'forbidden':
      return 'not allowed (403)'
    case 'gone':
      return 'not found, or no access'
  }
}

function countStates(act: readonly FoundCandidate[]): Forecast['states'] {
  const counts = new Map<ListedState, number>()
  for (const { vm } of act) counts.set(listedState(vm), (counts.get(listedState(vm)) ?? 0) + 1)
  return [...counts].map(([state, count]) => ({ state, count }))
}

function countAutoreboot(action: SimpleAction, act: readonly FoundCandidate[]): Forecast['autoreboot'] {
  const bound = bind(action)
  const changes = act.flatMap(
    ({ ref, vm }) => autorebootChange(bound.requests(ref, vm), vm.autoreboot_on) ?? [],
  )
  // The action alone decides the new value, so it is the same for all machines.
  const [first] = changes
  return first === undefined ? null : { to: first.after, count: changes.length }
}

function patternsOf(action: SimpleAction, act: readonly FoundCandidate[]): Pattern[] {
  const bound = bind(action)
  const patterns = new Map<string, Pattern>()
  for (const { ref, vm } of act) {
    const own = machinePath(ref, vm.id)
    const anyPath = `${own.slice(0, -String(vm.id).length)}ID`
    for (const { method, path, body } of bound.requests(ref, vm)) {
      const shape = { method, path: anyPath + path.slice(own.length), body }
      const key = JSON.stringify(shape)
      const known = patterns.get(key)
      if (known === undefined) patterns.set(key, { ...shape, count: 1 })
      else known.count += 1
    }
  }
  return [...patterns.values()]
}
