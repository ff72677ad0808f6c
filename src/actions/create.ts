import type { ImageInstall } from './lifecycle.ts'

/**
 * What `POST vm_create` takes: a machine, its discs, its system and its addresses in one (seed document, "VM Creation"; API
 * reference, "Creation" and "Traffic of the official client"). Sizes in MiB.
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
export interface Wish {
  bundle: CreateBundle
  password: string | null
}
