import { afterAll, beforeAll, expect } from 'vitest'
import { account, ask, until } from './target.ts'

export type Machine = {
  id: number
  name: string
  group_id: number
  cores: number
  memory: number
  power_on: boolean
  autoreboot_on: boolean
  deleted: boolean
  hostname: string
  head: string | null
  management_address: string
  cdrom_url: string | null
  hardware_profile: string
  hardware_profile_locked: boolean
  keymap: string | null
  last_imaged_with?: string | null
  zone_name?: string
  discs?: Disc[]
  network_interfaces?: Nic[]
}
export type Disc = {
  id: number
  label: string
  size: number
  virtual_machine_id: number
  storage_grade: string
  storage_pool: string
  backup_schedules?: { id: number; start_at: string; interval_seconds: number; capacity: number }[]
}
export type Nic = {
  id: number
  ips: string[]
  extra_ips: Record<string, string>
  mac: string
  vlan_num: number
  virtual_machine_id: number
}
export type Group = { id: number; account_id: number; name: string; virtual_machines?: Machine[] }

/** A name that is not in use. */
export const uniqueName = (stem: string): string =>
  `${stem}-${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`

/** A new group for tests. Afterwards, the group is removed with all its machines. */
export class ScratchGroup {
  readonly name = uniqueName('conf')
  id = 0

  get path(): string {
    return `/accounts/${account}/groups/${this.name}`
  }

  machinePath(machine: string | number): string {
    return `${this.path}/virtual_machines/${machine}`
  }

  async make(): Promise<void> {
    const reply = await ask('POST', `/accounts/${account}/groups`, { name: this.name })
    expect(reply.status).toBe(200)
    this.id = (reply.json as Group).id
  }

  /** Creates a machine with discs of the given sizes (MiB) and no system, and waits until the machine is ready. */
  async bareMachine(discs: number[] = [], attributes: Record<string, unknown> = {}): Promise<Machine> {
    const name = uniqueName('m')
    const reply = await ask('POST', `${this.path}/vm_create`, {
      virtual_machine: { name, cores: 1, memory: 1024, ...attributes },
      discs: discs.map((size) => ({ size })),
    })
    expect(reply.status).toBe(202)
    const starts = attributes['power_on'] === true || attributes['autoreboot_on'] === true
    return this.waitForMachine(name, (machine) => machine.power_on === starts)
  }

  /** Waits until a machine of the group is created and ready, and returns it with its discs and NICs. */
  async waitForMachine(name: string, isReady: (machine: Machine) => boolean = () => true): Promise<Machine> {
    const reply = await until(
      `${this.machinePath(name)}?view=overview`,
      ({ status, json }) => status === 200 && isReady(json as Machine),
    )
    return reply.json as Machine
  }

  async remove(): Promise<void> {
    const list = await ask('GET', `${this.path}/virtual_machines?include_deleted=true`)
    for (const { id } of list.json as Machine[]) await ask('DELETE', `${this.machinePath(id)}?purge=true`)
    await ask('DELETE', this.path)
  }
}

/** Creates a scratch group for the tests of one `describe`. */
export const useScratchGroup = (): ScratchGroup => {
  const group = new ScratchGroup()
  beforeAll(() => group.make())
  afterAll(() => group.remove())
  return group
}
