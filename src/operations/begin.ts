import { ApiError } from '../api/errors.ts'
import { redacted } from '../api/redact.ts'
import type { Disc, VirtualMachine } from '../api/virtual-machine.ts'
import { readMachine, type MachineReading } from '../api/virtual-machines.ts'
import { currentSession } from '../session/session.ts'
import type { GroupRef } from '../lib/links.ts'
import { busyRefusal } from './exclusive.ts'
import { isLookOnly, lookOnlyRefusal } from './look-only.ts'
import type { Action, Operation, Target } from './operation.ts'
import { shareReading, shareRow } from './readings.ts'
import { refusals } from './refusals.ts'
import { requestsOf, type MachineAction, type Params } from './requests.ts'
import { sendAndWatch } from './send.ts'
import { blockingOn, endOperation, inFlightOn, operations, putOperation, removeOperation } from './store.ts'
import { noteBeforeChange } from './waiting-store.ts'
import { words } from './wording.ts'

/** What a dialog told the user about the machine. If it reads otherwise when it is confirmed, the user is asked again. */
export interface Stated {
  name: string
  power_on: boolean
  autoreboot_on: boolean
  /** The other attributes that it showed as they were, by name. */
  attributes?: Readonly<Record<string, unknown>>
  /** The disc that it showed. */
  disc?: Pick<Disc, 'id' | 'label' | 'size' | 'storage_grade'> | undefined
}

/** How asking for an operation went. Only `begun` has sent, or will send, anything. */
export type Begun =
  | { is: 'begun'; key: string }
  | { is: 'refused'; reason: string }
  | { is: 'changed'; reading: MachineReading }
  | { is: 'unread'; error: ApiError }

interface Request {
  action: MachineAction
  ref: GroupRef
  id: number
  name: string
  params?: Params
  /** What the dialog stated, where there was one. */
  stated?: Stated
  /** The machine as a list that was read just now has it: it is not read alone then. */
  row?: VirtualMachine
  /** The bulk run that asks. */
  run?: string
}

/**
 * Asks for an operation on a machine. Reads the machine first, and the reading decides: refused or changed, nothing is sent.
 * Returns once it is known whether the operation begins; sending and watching go on by themselves.
 */
export async function beginOperation({
  action,
  ref,
  id,
  name,
  params = {},
  stated,
  row,
  run,
}: Request): Promise<Begun> {
  const inFlight = inFlightOn(operations(), id)
  const barred =
    lookOnlyRefusal(isLookOnly()) ?? busyRefusal(action, blockingOn(operations(), id), Date.now())
  if (barred !== null) return { is: 'refused', reason: barred }

  // Taken at once, so that a second click while the machine is read does not begin a second one.
  const operation = {
    ...newOperation(action, { ...ref, id, name }),
    expects: expected(action, params),
    ...(run !== undefined && { run }),
  }
  putOperation(operation)
  let reading: MachineReading
  try {
    reading = await readFirst(ref, id, row)
  } catch (error) {
    removeOperation(operation.key)
    if (error instanceof ApiError) return { is: 'unread', error }
    throw error
  }
  const refused = lookOnlyRefusal(isLookOnly()) ?? refusals[action](reading)
  if (refused !== null || (stated !== undefined && differs(stated, reading))) {
    removeOperation(operation.key)
    return refused === null ? { is: 'changed', reading } : { is: 'refused', reason: refused }
  }
  if (inFlight !== undefined && action !== 'send_keys') {
    endOperation(inFlight.key, 'given up', `Replaced by “${words[action].label}”.`)
  }
  if (action === 'change') noteBeforeChange(operation.key, reading.vm)
  void sendAndWatch(operation.key, {
    ref,
    before: reading,
    requestsFor: ({ vm }) => requestsOf(action, ref, vm, params),
    refusal: refusals[action],
  })
  return { is: 'begun', key: operation.key }
}

/** Reads the machine and shows the reading on the pages that have it. A row is a reading too, without discs and NICs. */
async function readFirst(ref: GroupRef, id: number, row?: VirtualMachine): Promise<MachineReading> {
  if (row !== undefined) {
    shareRow(ref, row)
    return { vm: row, creating: false }
  }
  const reading = await readMachine(ref, id)
  shareReading(ref, reading)
  return reading
}

/** Returns an operation that has only just been asked for. */
export function newOperation(action: Action, target: Target): Operation {
  const now = Date.now()
  return {
    key: `${now.toString(36)}-${Math.random().toString(36).slice(2, 10)}`,
    action,
    target,
    username: currentSession().credentials?.username ?? '',
    phase: 'checking',
    begunAt: now,
    endedAt: null,
    outcome: null,
    note: '',
    steps: [],
    evidence: null,
    autoreboot: null,
    patienceFrom: now,
    expects: null,
    expectsPower: true,
    foreign: false,
  }
}

function differs(stated: Stated, { vm }: MachineReading): boolean {
  const { attributes = {}, disc, ...always } = stated
  const now = disc && vm.discs?.find(({ id }) => id === disc.id)
  if (disc !== undefined && (now === undefined || !has(now, disc))) return true
  return !has(vm, { ...always, ...attributes })
}

function has(read: Readonly<Record<string, unknown>>, values: object): boolean {
  return Object.entries(values).every(([name, value]) => (read[name] ?? null) === (value ?? null))
}

/** What has to be read back. Without secrets, as the record is kept and shared; readings are compared without them, too. */
function expected(action: Action, { patch, disc }: Params): Record<string, unknown> | null {
  if (action === 'change') return withoutSecrets(patch ?? {})
  if (disc === undefined) return null
  return { ...(disc.id !== undefined && { id: disc.id }), ...disc.attributes }
}

function withoutSecrets(patch: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, redacted(value)]))
}
