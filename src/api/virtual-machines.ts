import { queryOptions } from '@tanstack/react-query'
import { isIpv4 } from '../lib/addresses.ts'
import type { GroupRef } from '../lib/links.ts'
import { ApiError, type RequestTrace } from './errors.ts'
import { request } from './http.ts'
import { reuseRows } from './large-lists/reuse-rows.ts'
import { noteEqual } from './large-lists/same-answer.ts'
import { apiPath, withQuery } from './path.ts'
import { listOf, maybe, z, type Schema } from './schema.ts'

/** A disc; sizes in MiB (not bytes: docs/bigv-api.md#12-contradictions). */
export const discSchema = z.looseObject({
  id: z.number(),
  label: z.string(),
  size: z.number(),
  storage_grade: maybe(z.string()),
  storage_pool: maybe(z.string()),
})

/** A network interface. `ips` has the IPv4 address first, then the IPv6 address. */
const nicSchema = z.looseObject({
  id: z.number(),
  label: maybe(z.string()),
  ips: maybe(listOf(z.string())),
  vlan_num: maybe(z.number()),
  mac: maybe(z.string()),
  extra_ips: maybe(z.record(z.string(), z.string())),
})

/** A machine; memory in MiB (docs/bigv-api.md#7-virtual-machines). An overview may lack attributes. */
export const virtualMachineSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  power_on: z.boolean(),
  autoreboot_on: z.boolean(),
  cores: z.number(),
  memory: z.number(),
  deleted: maybe(z.boolean()),
  group_id: maybe(z.number()),
  hostname: maybe(z.string()),
  management_address: maybe(z.string()),
  head: maybe(z.string()),
  hardware_profile: maybe(z.string()),
  hardware_profile_locked: maybe(z.boolean()),
  keymap: maybe(z.string()),
  cdrom_url: maybe(z.string()),
  zone_name: maybe(z.string()),
  last_imaged_with: maybe(z.string()),
  discs: maybe(listOf(discSchema)),
  network_interfaces: maybe(listOf(nicSchema)),
})

/** BigV may return a single machine as an object, or as an array of one (docs/bigv-api.md#7-virtual-machines). */
export const singleVirtualMachineSchema = z.pipe(
  // Not a union of both schemas: its error would only say that neither matches, without naming the missing attribute.
  z.transform((answer: unknown): unknown =>
    Array.isArray(answer) && answer.length === 1 ? answer[0] : answer,
  ),
  virtualMachineSchema,
)

export type VirtualMachine = z.infer<typeof virtualMachineSchema>
export type Disc = z.infer<typeof discSchema>
export type Nic = z.infer<typeof nicSchema>

/** All addresses of NICs in BigV's order: each NIC's IPv4, then its IPv6. */
export function addressesOf(nics: readonly Nic[] | null | undefined): string[] {
  return (nics ?? []).flatMap((nic) => nic.ips ?? [])
}

/**
 * A fetched machine. `creating`: BigV answered 202, so the machine is still being created
 * (docs/bigv-api.md#3-status-codes-and-error-bodies).
 */
export interface MachineData {
  vm: VirtualMachine
  creating: boolean
}

/** A machine, and the name of the group in its path. */
export interface MachineInGroup {
  group: GroupRef
  machine: MachineData
}

export function machinesPath({ account, group }: GroupRef): string {
  return apiPath('accounts', account, 'groups', group, 'virtual_machines')
}

/** Requests about an existing machine use its id, because another machine may get the old name. */
export function machinePath(ref: GroupRef, vm: number | string): string {
  return machinesPath(ref) + apiPath(vm)
}

/**
 * One machine by id (a number) or name, deleted or not, with its discs and NICs. Throws an ApiError; its status is 404 if the machine no
 * longer exists.
 */
export async function fetchMachine(
  ref: GroupRef,
  vm: number | string,
  signal?: AbortSignal,
): Promise<MachineData> {
  const path = withQuery(machinePath(ref, vm), { view: 'overview', include_deleted: true })
  const schema = singleVirtualMachineSchema
  let trace: RequestTrace | undefined
  const onTrace = (finished: RequestTrace) => (trace = finished)
  const { status, data } = await request('GET', path, { schema, signal, onTrace })
  // For an id that no machine of the group has, BigV answers with the machine whose name is these digits.
  if (typeof vm === 'number' && data.id !== vm && trace) throw otherMachine(vm, data.name, trace)
  return { vm: data, creating: status === 202 }
}

// The rows are checked separately (large-lists/check-rows.ts).
const listSchema = z.array(z.unknown()) as unknown as Schema<readonly VirtualMachine[]>

function otherMachine(id: number, name: string, trace: RequestTrace): ApiError {
  return new ApiError(
    `No machine has the ID ${id}. BigV took it for a name, and answered with the machine called “${name.slice(0, 63)}”.`,
    {
      kind: 'refused',
      status: 404,
      trace,
      sent: 'yes',
    },
  )
}

/** The machines of a group, deleted ones too. Returns `last` itself if BigV answers the same text as before. Throws an ApiError. */
export async function fetchMachines(
  ref: GroupRef,
  signal?: AbortSignal,
  last?: readonly VirtualMachine[],
): Promise<readonly VirtualMachine[]> {
  const path = withQuery(machinesPath(ref), { include_deleted: true })
  const rows = { schema: virtualMachineSchema, of: (data: readonly unknown[]) => data, path: [] }
  return (await request('GET', path, { schema: listSchema, rows, signal, last })).data
}

function shareRows(before: unknown, fresh: unknown): unknown {
  const rows = reuseRows(before as readonly VirtualMachine[] | undefined, fresh as readonly VirtualMachine[])
  noteEqual(rows, fresh as object)
  return rows
}

/** Query keys, from general to specific. A machine's own key is its id. */
export const machineQueries = {
  group: (ref: GroupRef) => ['accounts', ref.account, 'groups', ref.group] as const,
  /** The key of all machines of a group that were fetched alone. */
  details: (ref: GroupRef) => [...machineQueries.group(ref), 'machine'] as const,
  /** A group's machines, deleted ones too: a list knows what is deleted, purged or in another group. */
  list: (ref: GroupRef) =>
    queryOptions({
      queryKey: [...machineQueries.group(ref), 'list'],
      queryFn: ({ signal, client, queryKey }) => fetchMachines(ref, signal, client.getQueryData(queryKey)),
      structuralSharing: shareRows,
    }),
  detail: (ref: GroupRef, id: number) =>
    queryOptions({
      queryKey: [...machineQueries.details(ref), id],
      queryFn: ({ signal }) => fetchMachine(ref, id, signal),
    }),
  /** Finds the machine for the name or id in a URL. Fetched only once. */
  named: (ref: GroupRef, vm: string) =>
    queryOptions({
      queryKey: [...machineQueries.group(ref), 'named', vm],
      queryFn: async ({ signal, client }) => {
        const machine = await fetchMachine(ref, vm, signal)
        // The machine's page queries by id: storing the machine there saves a second fetch.
        client.setQueryData(machineQueries.detail(ref, machine.vm.id).queryKey, machine)
        return machine
      },
      staleTime: Infinity,
      // Kept until the page has rendered, so that it uses the machine that its loader has fetched.
      gcTime: 2_000,
    }),
}

/**
 * What BigV's list of machines lacks: the first IPv4, all other addresses and the NICs' MACs, each as one text, the discs' total size in
 * MiB, and what else is searched of discs and NICs.
 */
export interface OverviewSummary {
  address: string | undefined
  further: string
  macs: string
  discs: number | undefined
  devices: Devices
}

/** The searchable values of a machine's discs and NICs. The same object for all machines with these values, of which there are few. */
export interface Devices {
  discs: readonly { size: number; grade: string | null }[]
  /** Labels of discs and NICs, separated by line breaks. */
  labels: string
}

const allDevices = new Map<string, Devices>()

/** Summarises a machine's NICs and discs for lists. */
export function overviewSummary({
  network_interfaces: nics,
  discs,
}: Pick<VirtualMachine, 'network_interfaces' | 'discs'>): OverviewSummary {
  const all = addressesOf(nics)
  const macs: string[] = []
  for (const { mac, extra_ips } of nics ?? []) {
    if (mac) macs.push(mac)
    if (extra_ips) all.push(...Object.keys(extra_ips))
  }
  const address = all.find(isIpv4)
  return {
    address,
    further: all.filter((each) => each !== address).join(' '),
    macs: macs.join(' '),
    discs: discs?.reduce((sum, { size }) => sum + size, 0),
    devices: devicesOf(discs ?? [], nics ?? []),
  }
}

function devicesOf(discs: readonly Disc[], nics: readonly Nic[]): Devices {
  let key = ''
  for (const { label, size, storage_grade } of discs) key += `${label}\n${size}\n${storage_grade}\n`
  for (const { label } of nics) key += `\n${label}`
  let devices = allDevices.get(key)
  if (devices === undefined) {
    devices = {
      discs: discs.map(({ size, storage_grade }) => ({ size, grade: storage_grade ?? null })),
      labels: [...discs, ...nics].flatMap(({ label }) => label ?? []).join('\n'),
    }
    allDevices.set(key, devices)
  }
  return devices
}

const groupOverviewSchema = z.looseObject({
  // The rows are checked separately (large-lists/check-rows.ts).
  virtual_machines: z.optional(z.array(z.unknown())),
}) as unknown as Schema<{ virtual_machines?: readonly MachineInOverview[] }>

const machineInOverviewSchema = z.looseObject({
  id: z.number(),
  network_interfaces: virtualMachineSchema.shape.network_interfaces,
  discs: virtualMachineSchema.shape.discs,
})

type MachineInOverview = z.infer<typeof machineInOverviewSchema>

/** The columns that a group's list lacks, by machine id. Fetched separately from the list. */
export const overviewQueries = {
  byMachine: (ref: GroupRef) =>
    queryOptions({
      queryKey: [...machineQueries.group(ref), 'overview'],
      queryFn: async ({ signal }) => {
        const path = withQuery(apiPath('accounts', ref.account, 'groups', ref.group), {
          view: 'overview',
          include_deleted: true,
        })
        const { data } = await request('GET', path, {
          schema: groupOverviewSchema,
          rows: {
            schema: machineInOverviewSchema,
            of: ({ virtual_machines = [] }) => virtual_machines,
            path: ['virtual_machines'],
          },
          signal,
        })
        return Object.fromEntries(
          (data.virtual_machines ?? []).map((vm): [number, OverviewSummary] => [vm.id, overviewSummary(vm)]),
        )
      },
      staleTime: 5 * 60_000,
    }),
}
