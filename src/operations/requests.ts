import { apiPath, withQuery } from '../api/path.ts'
import { machinePath } from '../api/virtual-machines.ts'
import type { VirtualMachine } from '../api/virtual-machine.ts'
import type { GroupRef } from '../lib/links.ts'
import type { Action, PlannedRequest } from './operation.ts'

/** What an action on an existing machine may carry with it. */
export interface Params {
  /** For set_autoreboot, and for start where it is not to be turned on. */
  autoreboot_on?: boolean
  /** For send_keys: the keys, joined by dashes. */
  data?: string
  /** For change: the attributes that change, and no others. */
  patch?: Readonly<Record<string, unknown>>
  /** For reimage. */
  image?: ImageInstall
  /** For the discs: which one, and what is written of it (sizes in MiB). */
  disc?: { id?: number; attributes?: Readonly<Record<string, unknown>> }
  /** For request_ips: for which NIC, and what is asked for. */
  ips?: { nic: number; addresses: number; family: 'ipv4' | 'ipv6'; reason: string }
  /** For set_rdns; null for no name. */
  rdns?: { address: string; name: string | null }
  /** For swap_ips: with which machine, and the addresses that both were shown to have. */
  swap?: {
    other: number
    move_additional_ips: boolean
    shown: { own: readonly string[]; other: readonly string[] }
  }
}

/** What `POST reimage` takes (seed document, "Reimage"); the last two for Linux only (official documentation). */
export interface ImageInstall {
  distribution: string
  root_password?: string
  ssh_public_key?: string
  firstboot_script?: string
}

/** The actions on machines that exist; creating has its own file. */
export type MachineAction = Exclude<
  Action,
  | 'create'
  | 'create_group'
  | 'rename_group'
  | 'delete_group'
  | 'set_keys'
  | 'grant_privilege'
  | 'change_privilege'
  | 'revoke_privilege'
>

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
      return [put({ autoreboot_on: params.autoreboot_on ?? true, power_on: true })]
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
    case 'delete':
      return [{ method: 'DELETE', path }]
    case 'undelete':
      return [put({ deleted: false })]
    case 'purge':
      return [{ method: 'DELETE', path: withQuery(path, { purge: true }) }]
    case 'change':
      return [put(params.patch ?? {})]
    case 'reimage':
      return [{ method: 'POST', path: path + apiPath('reimage'), body: params.image }]
    case 'rescue':
      // As the official client sends it (API reference, "Traffic of the official client").
      return [put({ appliance: { name: 'rescue', permanent: false }, autoreboot_on: true, power_on: true })]
    case 'add_disc':
      return [{ method: 'POST', path: path + apiPath('discs'), body: params.disc?.attributes }]
    case 'change_disc':
      return [{ method: 'PUT', path: discPath(path, params), body: params.disc?.attributes }]
    case 'purge_disc':
      // Without purge=true BigV answers 500 (API reference, "Discs").
      return [{ method: 'DELETE', path: withQuery(discPath(path, params), { purge: true }) }]
    case 'request_ips':
      return [ipRequest(path, params)]
    case 'backup_disc':
      return [{ method: 'POST', path: discPath(path, params) + apiPath('backups'), body: {} }]
    case 'schedule_backups':
      return [
        {
          method: 'POST',
          path: discPath(path, params) + apiPath('backup_schedules'),
          body: params.disc?.attributes,
        },
      ]
    case 'swap_ips':
      return [swapRequest(vm.id, params)]
    case 'set_rdns':
      return [
        {
          method: 'PUT',
          path: apiPath('ips', params.rdns?.address ?? ''),
          body: { rdns: params.rdns?.name },
        },
      ]
  }
}

function discPath(path: string, { disc }: Params): string {
  return path + apiPath('discs', disc?.id ?? '')
}

function ipRequest(path: string, { ips }: Params): PlannedRequest {
  const { nic = '', ...asked } = ips ?? {}
  return {
    method: 'POST',
    path: path + apiPath('nics', nic, 'ip_create'),
    body: { ...asked, contiguous: false },
  }
}

// As the official client sends it (API reference, "Traffic of the official client").
function swapRequest(id: number, { swap }: Params): PlannedRequest {
  return {
    method: 'POST',
    path: apiPath('ips', 'swap_virtual_machine_ips'),
    body: {
      virtual_machine_1_id: id,
      virtual_machine_2_id: swap?.other,
      move_additional_ips: swap?.move_additional_ips ?? false,
    },
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
