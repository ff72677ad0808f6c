import { create } from '../actions/things.ts'
import { ApiError, isUnclear } from '../api/errors.ts'
import { apiPath } from '../api/path.ts'
import { isNotFound } from '../api/query-client.ts'
import { machinesPath, fetchMachine, type MachineData } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'
import { newOperation } from './begin.ts'
import type { CreateBundle } from '../actions/bundle.ts'
import { forbiddenReason } from './forbidden.ts'
import { isReadOnly, readOnlyReason } from './read-only.ts'
import type { PlannedRequest } from './operation.ts'
import { refreshGroup } from './machine-cache.ts'
import { sendRecorded } from './recorder.ts'
import { notOurs } from './resume.ts'
import { endOperation, operations, putOperation, removeOperation, updateOperation } from './store.ts'

/** How asking for a new machine went. After `begun` and `unclear` something was sent. */
export type Created =
  | { is: 'begun'; key: string }
  | { is: 'taken'; by: MachineData }
  | { is: 'not sent'; reason: string }
  | { is: 'refused'; error: ApiError }
  /** No answer: `found` is the machine of that name that is there now, if any. */
  | { is: 'unclear'; error: ApiError; found: MachineData | null }

/**
 * Takes the group and the bundle and returns the one request that makes the machine: vm_create, or, without discs,
 * system and addresses, a bare machine (design: the table of operations).
 */
export function createRequest(ref: GroupRef, bundle: CreateBundle): PlannedRequest {
  const { virtual_machine: _, discs = [], ...others } = bundle
  if (discs.length === 0 && Object.keys(others).length === 0) {
    return { method: 'POST', path: machinesPath(ref), body: bundle.virtual_machine }
  }
  return {
    method: 'POST',
    path: apiPath('accounts', ref.account, 'groups', ref.group, 'vm_create'),
    body: bundle,
  }
}

/**
 * Creates a machine: reads first whether the name is free (a deleted machine holds its name until it is purged), sends one
 * request, and has the machine watched until it is there, and on where that was asked for. Returns once BigV has
 * answered, or has not. `run` is the key of the run that it belongs to, if any.
 */
export async function createMachine(ref: GroupRef, bundle: CreateBundle, run?: string): Promise<Created> {
  const { name, power_on } = bundle.virtual_machine
  const target = { account: ref.account, group: ref.group, id: null, name }
  const disabledReason = readOnlyReason(isReadOnly()) ?? forbiddenReason(create, target)
  if (disabledReason !== null) return { is: 'not sent', reason: disabledReason }
  const planned = createRequest(ref, bundle)
  const operation = {
    ...newOperation(create, target),
    expectsPower: power_on,
    ...(run !== undefined && { run }),
  }
  if (isUnderWay(ref, name)) return { is: 'not sent', reason: `“${create.label}” is still running.` }
  // Taken at once, so that a second click while the name is looked up does not make a second one.
  putOperation(operation)
  let holder: MachineData | null
  try {
    holder = await holderOf(ref, name)
  } catch (error) {
    const reason = notOurs(operation.key)
    removeOperation(operation.key)
    if (reason !== null) return { is: 'not sent', reason }
    if (error instanceof ApiError) return { is: 'refused', error }
    throw error
  }
  const dropped = notOurs(operation.key)
  if (holder !== null || dropped !== null) {
    removeOperation(operation.key)
    return holder === null ? { is: 'not sent', reason: dropped ?? '' } : { is: 'taken', by: holder }
  }
  const answer = await sendRecorded(operation.key, planned)
  if (answer instanceof ApiError) return await failed(operation.key, ref, name, answer)
  const answeredAt = Date.now()
  updateOperation(operation.key, {
    phase: 'waiting',
    patienceFrom: answeredAt,
    evidence: { answeredAt, headBefore: null, offSeen: false, headMoved: false, onReadings: 0 },
  })
  refreshGroup(ref)
  return { is: 'begun', key: operation.key }
}

/** Returns the machine that has the name, deleted ones included, or null when the name is free. Throws an ApiError. */
async function holderOf(ref: GroupRef, name: string): Promise<MachineData | null> {
  try {
    return await fetchMachine(ref, name)
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}

/** Whether a machine of this name is being asked for there just now: BigV has not answered yet. */
function isUnderWay({ account, group }: GroupRef, name: string): boolean {
  return operations().some(
    ({ action, phase, target }) =>
      action === create.name &&
      (phase === 'checking' || phase === 'sending') &&
      target.account === account &&
      target.group === group &&
      target.name === name,
  )
}

async function failed(key: string, ref: GroupRef, name: string, error: ApiError): Promise<Created> {
  if (!isUnclear(error)) {
    // The form says so, beside what was typed; the record is for the list of what was done here.
    endOperation(key, 'refused', error.message)
    return { is: 'refused', error }
  }
  const [found, known] = await holderOf(ref, name).then(
    (holder) => [holder, holder === null ? NOT_THERE : THERE] as const,
    () => [null, UNKNOWN] as const,
  )
  endOperation(key, 'unclear', `${error.message} ${known}`)
  refreshGroup(ref)
  return { is: 'unclear', error, found }
}

const THERE = 'A machine of that name is there now: BigV has made it, or somebody else has.'
const NOT_THERE = 'No machine of that name is to be seen; BigV may still make it.'
const UNKNOWN = 'Whether BigV made it is not known.'
