import { apiPath } from '../api/path.ts'
import { machinesPath } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'
import type { PlannedRequest } from './action.ts'
import { minutes, newMachineAction, post } from './helpers.ts'
import type { ImageInstall } from './lifecycle.ts'

/**
 * What `POST vm_create` takes: a machine, its discs, its system and its addresses in one (docs/bigv-api.md#creation and
 * #13-traffic-of-the-official-client). Sizes in MiB.
 */
export interface CreateBundle {
  virtual_machine: {
    name: string
    cores: number
    memory: number
    hardware_profile?: string
    /** True: no automatic upgrade of the profile. */
    hardware_profile_locked?: boolean
    /** Can be said at creation only. */
    zone_name?: string
    keymap?: string
    cdrom_url?: string
    power_on: boolean
    autoreboot_on: boolean
  }
  discs?: { label: string; size: number; storage_grade: string }[]
  reimage?: ImageInstall
  /** Can be chosen in a private VLAN only. */
  ips?: { ipv4?: string; ipv6?: string }
}

/** One machine to be made; `password` is the one that was made up for it, to be shown once, if there is any. */
export interface NewMachine {
  bundle: CreateBundle
  password: string | null
}

export const create = newMachineAction({
  name: 'create',
  label: 'Create',
  inProgress: 'Creating…',
  done: 'was created',
  // Until it is purged, a deleted machine holds its name (docs/bigv-api.md#delete-undelete-purge).
  disabledReason(holder) {
    if (holder === null) return null
    return holder.vm.deleted
      ? 'A deleted machine holds this name until it is purged.'
      : 'A machine of this name is there.'
  },
  requests: (ref, bundle: CreateBundle) => [createRequest(ref, bundle)],
  /** Null in records of another version of the dashboard. */
  expects: ({ virtual_machine: { power_on } }): { power_on: boolean } | null => ({ power_on }),
  watch: {
    overdueAfter: minutes(15),
    isDone: ({ vm, creating, expected }) => !creating && (vm.power_on || expected?.power_on === false),
  },
  appearsWithin: minutes(1),
  needsDetail: true,
  cli: null,
})

/** The one request that makes the machine: vm_create, or, without discs, system and addresses, a bare machine. */
export function createRequest(ref: GroupRef, bundle: CreateBundle): PlannedRequest {
  const { virtual_machine, discs = [], ...others } = bundle
  const isBare = discs.length === 0 && Object.keys(others).length === 0
  return isBare
    ? post(machinesPath(ref), virtual_machine)
    : post(apiPath('accounts', ref.account, 'groups', ref.group, 'vm_create'), bundle)
}
