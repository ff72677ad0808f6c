import { ApiError } from '../api/errors.ts'
import { readMachine, type MachineReading } from '../api/virtual-machines.ts'
import { currentSession } from '../session/session.ts'
import type { GroupRef } from '../lib/links.ts'
import { busyRefusal } from './exclusive.ts'
import { isLookOnly, lookOnlyRefusal } from './look-only.ts'
import type { Action, Operation, Target } from './operation.ts'
import { shareReading } from './readings.ts'
import { refusals } from './refusals.ts'
import { requestsOf, type MachineAction, type Params } from './requests.ts'
import { sendAndWatch } from './send.ts'
import { blockingOn, endOperation, inFlightOn, operations, putOperation, removeOperation } from './store.ts'
import { words } from './wording.ts'

/** What a dialog told the user about the machine. If it reads otherwise when it is confirmed, the user is asked again. */
export interface Stated {
  name: string
  power_on: boolean
  autoreboot_on: boolean
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
}: Request): Promise<Begun> {
  const inFlight = inFlightOn(operations(), id)
  const barred =
    lookOnlyRefusal(isLookOnly()) ?? busyRefusal(action, blockingOn(operations(), id), Date.now())
  if (barred !== null) return { is: 'refused', reason: barred }

  // Taken at once, so that a second click while the machine is read does not begin a second one.
  const operation = {
    ...newOperation(action, { ...ref, id, name }),
    expects: action === 'change' ? (params.patch ?? null) : null,
  }
  putOperation(operation)
  let reading: MachineReading
  try {
    reading = await readMachine(ref, id)
  } catch (error) {
    removeOperation(operation.key)
    if (error instanceof ApiError) return { is: 'unread', error }
    throw error
  }
  shareReading(ref, reading)
  const refused = lookOnlyRefusal(isLookOnly()) ?? refusals[action](reading)
  if (refused !== null || (stated !== undefined && differs(stated, reading))) {
    removeOperation(operation.key)
    return refused === null ? { is: 'changed', reading } : { is: 'refused', reason: refused }
  }
  if (inFlight !== undefined && action !== 'send_keys') {
    endOperation(inFlight.key, 'given up', `Replaced by “${words[action].label}”.`)
  }
  void sendAndWatch(operation.key, {
    ref,
    before: reading,
    requestsFor: ({ vm }) => requestsOf(action, ref, vm, params),
    refusal: refusals[action],
  })
  return { is: 'begun', key: operation.key }
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
  return (
    stated.name !== vm.name || stated.power_on !== vm.power_on || stated.autoreboot_on !== vm.autoreboot_on
  )
}
