import { redacted } from '../api/redact.ts'
import type { VirtualMachine } from '../api/virtual-machine.ts'
import { judgeBackup } from './done-backup.ts'
import { judgeDisc } from './done-disc.ts'
import { judgeSwap } from './done-swap.ts'
import { writtenAutoreboot } from './requests.ts'
import { yesNo } from './wording.ts'
import type { Action, Evidence, Operation } from './operation.ts'

/** A reading of the machine that an operation is about: `vm` null when BigV answered 404. */
export interface Sight {
  /** When the reading began, ms since 1970. */
  at: number
  vm: VirtualMachine | null
  creating: boolean
  /** Of the other machine, where there is one; null when it is gone, undefined when it was not read. */
  other?: VirtualMachine | null
}

/** What a reading says about an operation. */
export type Verdict =
  | { is: 'waiting'; evidence: Evidence }
  | { is: 'done'; note: string }
  | { is: 'overtaken'; note: string }

/** For how long a reboot's off moment is looked for before "on at every reading" counts as done. */
const OFF_MOMENT_MS = 20_000
/** These are about a machine that is deleted, or is to be. */
const KNOWS_DELETED = new Set<Action>(['delete', 'undelete', 'purge'])
/** What a re-image leaves behind (notes' own page "Reimage", by way of the API reference). */
const REIMAGED = 'autoreboot_on is off now.'
const GONE = 'is gone, or not yours to see.'
/** For how long a machine that was just created may be missing without that meaning anything. */
const CREATE_GRACE_MS = 60_000

/**
 * Takes an operation that waits and a reading that began after its last answer, and says whether the operation is done
 * now, overtaken by events, or still waiting (design: the table of operations, column "done when"). Pure; concludes
 * nothing from elapsed time without a reading.
 */
export function judge(operation: Operation, sight: Sight): Verdict {
  const evidence = operation.evidence
  if (evidence === null) throw new Error('An operation is judged only after its requests were answered.')
  if (sight.vm === null) return missing(operation, sight.at, evidence)
  if (sight.vm.deleted && !KNOWS_DELETED.has(operation.action)) {
    return { is: 'overtaken', note: 'It was deleted meanwhile.' }
  }
  if (operation.also !== undefined) {
    if (sight.other === undefined) return { is: 'waiting', evidence }
    if (sight.other === null) return { is: 'overtaken', note: `${operation.also.name} ${GONE}` }
  }
  const special =
    judgeDisc(operation, sight.vm, sight.other ?? undefined) ??
    judgeBackup(operation, sight.vm) ??
    (sight.other ? judgeSwap(operation, sight.vm, sight.other) : null)
  if (special !== null) return special.is === 'waiting' ? { ...special, evidence } : special
  const contradiction = contradicts(operation, sight.vm)
  if (contradiction !== null) return { is: 'overtaken', note: contradiction }
  const seen: Evidence = {
    ...evidence,
    offSeen: evidence.offSeen || !sight.vm.power_on || movedHead(operation.action, evidence, sight.vm),
    onReadings: evidence.onReadings + (sight.vm.power_on ? 1 : 0),
  }
  const note = doneNote(operation, sight, seen)
  return note === null ? { is: 'waiting', evidence: seen } : { is: 'done', note }
}

function missing(operation: Operation, at: number, evidence: Evidence): Verdict {
  if (operation.action === 'purge') return { is: 'done', note: '' }
  const fresh = operation.action === 'create' && operation.target.id === null
  if (fresh && at - evidence.answeredAt < CREATE_GRACE_MS) return { is: 'waiting', evidence }
  if (operation.expects?.['group_id'] !== undefined) {
    return { is: 'overtaken', note: 'It has left this group; its arrival in the other was not seen.' }
  }
  return { is: 'overtaken', note: `BigV no longer shows it: it ${GONE}` }
}

/** A value that we wrote and that reads otherwise was changed by somebody else, or not taken. */
function contradicts(operation: Operation, vm: VirtualMachine): string | null {
  if (operation.action === 'create') return null
  if (operation.action === 'change') return notTaken(operation, vm)
  const written = operation.steps
    .map(({ body }) => writtenAutoreboot(body))
    .find((value) => value !== undefined)
  return autorebootOtherwise(written, vm)
}

/** Takes the autoreboot_on that was written, if any was, and the machine as it reads; says where these are two. */
export function autorebootOtherwise(
  written: boolean | undefined,
  vm: Pick<VirtualMachine, 'autoreboot_on'>,
): string | null {
  if (written === undefined || written === vm.autoreboot_on) return null
  return `autoreboot_on reads ${yesNo(vm.autoreboot_on)}, not the ${yesNo(written)} that was written: somebody else changed it, or BigV did not take it.`
}

function notTaken({ expects }: Operation, vm: VirtualMachine): string | null {
  const others = Object.entries(expects ?? {}).filter(([name, value]) => redacted(vm[name] ?? null) !== value)
  if (others.length === 0) return null
  return others
    .map(
      ([name, value]) =>
        `${name} reads ${shown(redacted(vm[name]))}, not the ${shown(value)} that was written.`,
    )
    .join(' ')
}

function shown(value: unknown): string {
  if (typeof value === 'boolean') return yesNo(value)
  return value === null || value === undefined ? 'none' : JSON.stringify(value)
}

// For a reboot another head is as good as having seen it off: the PUT turned it off for certain. A restart is the
// guest's own doing, and a machine may also be moved while it runs.
function movedHead(action: Action, evidence: Evidence, vm: VirtualMachine): boolean {
  if (action !== 'reboot' || evidence.headBefore === null) return false
  return typeof vm.head === 'string' && vm.head !== evidence.headBefore
}

/** What to say when the condition is met, or null while it is not. */
function doneNote(operation: Operation, sight: Sight, seen: Evidence): string | null {
  const on = sight.vm?.power_on === true
  switch (operation.action) {
    case 'start':
      return on ? '' : null
    case 'stop':
    case 'shut_down':
      return on ? null : ''
    case 'restart':
      return seen.offSeen && on ? '' : null
    case 'reboot':
      if (!on) return null
      if (seen.offSeen) return ''
      return sight.at - seen.answeredAt >= OFF_MOMENT_MS && seen.onReadings > 1
        ? 'The off moment was not seen.'
        : null
    case 'create':
      return !sight.creating && (on || !operation.expectsPower) ? '' : null
    case 'delete':
      return sight.vm?.deleted ? '' : null
    case 'undelete':
      return sight.vm?.deleted ? null : ''
    case 'purge':
      return null
    case 'reimage':
      return on ? (sight.vm?.autoreboot_on ? '' : REIMAGED) : null
    case 'rescue':
      return on ? (seen.cameBack ?? '') : null
    default:
      return ''
  }
}
