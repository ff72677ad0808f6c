import type { MachineAction, Finding, Observation as MachineObservation } from '../actions/action.ts'
import { actions, machineActionOf } from '../actions/index.ts'
import type { VirtualMachine } from '../api/virtual-machine.ts'
import { writtenAutoreboot } from './requests.ts'
import type { Evidence, Operation } from './operation.ts'
import { yesNo } from '../lib/yes-no.ts'

/** A reading of the machine that an operation is about: `vm` null when BigV answered 404. */
export interface Observation {
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
  | { is: 'superseded'; note: string }

const GONE = 'is gone, or not yours to see.'
/** For how long a machine that was just created may be missing without that meaning anything. */
const CREATE_GRACE_MS = 60_000

/**
 * Takes an operation that waits and a reading that began after its last answer, and says whether the operation is done
 * now, superseded, or still waiting. What is true of every action is judged here, the rest by the action itself. Pure;
 * concludes nothing from elapsed time without a reading.
 */
export function check(operation: Operation, observation: Observation): Verdict {
  const { evidence } = operation
  if (evidence === null) throw new Error('An operation is judged only after its requests were answered.')
  const action = machineActionOf(operation.action)
  const { vm, other } = observation
  if (vm === null) return missing(operation, action, observation.at, evidence)
  if (vm.deleted && !action?.onDeleted) return { is: 'superseded', note: 'It was deleted meanwhile.' }
  if (operation.also !== undefined) {
    if (other === undefined) return { is: 'waiting', evidence }
    if (other === null) return { is: 'superseded', note: `${operation.also.name} ${GONE}` }
  }
  const contradiction = action ? autorebootOtherwise(writtenBy(operation), vm) : null
  if (contradiction !== null) return { is: 'superseded', note: contradiction }
  const seen = seenIn(evidence, vm)
  const found = action
    ? findingOf(action, operation, { ...observation, vm, other: other ?? undefined, seen })
    : !observation.creating && (vm.power_on || !operation.expectsPower)
  if (found === false) return { is: 'waiting', evidence: seen }
  if (found === true) return { is: 'done', note: '' }
  return { is: found.is === 'done' ? 'done' : 'superseded', note: found.note }
}

/** What a reading shows of an operation; done where its action is settled by BigV's answer. */
export function findingOf(
  action: MachineAction,
  { expects }: Pick<Operation, 'expects'>,
  observation: Omit<MachineObservation, 'expected'>,
): Finding {
  return action.watch?.isDone({ ...observation, expected: expects }) ?? true
}

/** Takes what was seen so far and a reading, and returns what has been seen now. */
export function seenIn(evidence: Evidence, { power_on, head }: VirtualMachine): Evidence {
  const { headBefore } = evidence
  const moved = headBefore !== null && typeof head === 'string' && head !== headBefore
  return {
    ...evidence,
    offSeen: evidence.offSeen || !power_on,
    headMoved: evidence.headMoved || moved,
    onReadings: evidence.onReadings + (power_on ? 1 : 0),
  }
}

function missing(
  { action: name, target, expects }: Operation,
  action: MachineAction | undefined,
  at: number,
  evidence: Evidence,
): Verdict {
  const gone = action?.whenGone?.(expects)
  if (gone) return { is: gone.is === 'done' ? 'done' : 'superseded', note: gone.note }
  const fresh = actions[name].on === 'new machine' && target.id === null
  if (fresh && at - evidence.answeredAt < CREATE_GRACE_MS) return { is: 'waiting', evidence }
  return { is: 'superseded', note: `BigV no longer shows it: it ${GONE}` }
}

function writtenBy({ steps }: Operation): boolean | undefined {
  return steps.map(({ body }) => writtenAutoreboot(body)).find((value) => value !== undefined)
}

/** Takes the autoreboot_on that was written, if any was, and the machine as it reads; says where these are two. */
export function autorebootOtherwise(
  written: boolean | undefined,
  vm: Pick<VirtualMachine, 'autoreboot_on'>,
): string | null {
  if (written === undefined || written === vm.autoreboot_on) return null
  return `autoreboot_on reads ${yesNo(vm.autoreboot_on)}, not the ${yesNo(written)} that was written: somebody else changed it, or BigV did not take it.`
}
