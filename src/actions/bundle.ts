import type { ImageInstall } from './lifecycle.ts'

/**
 * What `POST vm_create` takes: a machine, its discs, system and addresses (docs/bigv-api.md#creation and
 * docs/bigv-api.md#13-traffic-of-the-official-client). Sizes in MiB.
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

/** A machine to create, and the root password that was generated for it (shown to the user once), if any. */
export interface NewMachine {
  bundle: CreateBundle
  password: string | null
}
