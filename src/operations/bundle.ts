/** What `POST vm_create` takes: a machine, its discs and its system in one (seed document, "VM Creation"). Sizes in MiB. */
export interface CreateBundle {
  virtual_machine: {
    name: string
    cores: number
    memory: number
    hardware_profile?: string
    cdrom_url?: string
    power_on: boolean
    autoreboot_on: boolean
  }
  discs?: { label: string; size: number; storage_grade: string }[]
  reimage?: { distribution: string; root_password: string }
}
