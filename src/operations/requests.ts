import { apiPath } from '../api/path.ts'
import { machinePath } from '../api/virtual-machines.ts'
import type { VirtualMachine } from '../api/virtual-machine.ts'
import type { GroupRef } from '../lib/links.ts'
import type { PlannedRequest } from './operation.ts'

/** What an action on an existing machine may carry with it. */
export interface Params {
  /** For set_autoreboot. */
  autoreboot_on?: boolean
  /** For send_keys: the keys, joined by dashes. */
  data?: string
}

/** The actions on machines that exist; creating has its own file. */
export type MachineAction =
  | 'start'
  | 'stop'
  | 'reboot'
  | 'shut_down'
  | 'restart'
  | 'reset'
  | 'send_keys'
  | 'set_autoreboot'

/**
 * Takes an action and the machine as it was just read and returns the requests to send, in order. BigV has no power
 * verb: each action is a pair of attributes (seed document, "Power") or an ACPI signal with autoreboot_on set before it,
 * which decides whether the machine comes back (design: the table of operations).
 */
export function requestsOf(
  action: MachineAction,
  ref: GroupRef,
  vm: Pick<VirtualMachine, 'id' | 'autoreboot_on'>,
  params: Params = {},
): PlannedRequest[] {
  const path = machinePath(ref, vm.id)
  const put = (body: object): PlannedRequest => ({ method: 'PUT', path, body })
  const signal = (body: object): PlannedRequest => ({ method: 'POST', path: path + apiPath('signal'), body })
  const autorebootFirst = (autoreboot_on: boolean) =>
    vm.autoreboot_on === autoreboot_on ? [] : [put({ autoreboot_on })]
  switch (action) {
    case 'start':
      return [put({ autoreboot_on: true, power_on: true })]
    case 'stop':
      return [put({ autoreboot_on: false, power_on: false })]
    case 'reboot':
      return [put({ autoreboot_on: true, power_on: false })]
    case 'shut_down':
      return [...autorebootFirst(false), signal({ signal: 'powerdown' })]
    case 'restart':
      return [...autorebootFirst(true), signal({ signal: 'powerdown' })]
    case 'reset':
      return [signal({ signal: 'reset' })]
    case 'send_keys':
      return [signal({ signal: 'sendkey', data: params.data ?? '' })]
    case 'set_autoreboot':
      return [put({ autoreboot_on: params.autoreboot_on ?? false })]
  }
}

/** Takes planned requests and the machine's autoreboot_on before them; returns what they change it to, or null. */
export function autorebootChange(
  requests: readonly PlannedRequest[],
  before: boolean,
): { before: boolean; after: boolean } | null {
  const after = requests.map(({ body }) => writtenAutoreboot(body)).find((value) => value !== undefined)
  return after === undefined || after === before ? null : { before, after }
}

/** Takes a request's body and returns the autoreboot_on that it writes, if it writes any. */
export function writtenAutoreboot(body: unknown): boolean | undefined {
  if (typeof body !== 'object' || body === null || !('autoreboot_on' in body)) return undefined
  return typeof body.autoreboot_on === 'boolean' ? body.autoreboot_on : undefined
}
