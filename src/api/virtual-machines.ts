import { queryOptions } from '@tanstack/react-query'
import { isIpv4 } from '../lib/addresses.ts'
import type { GroupRef } from '../lib/links.ts'
import { reuseRows } from './large-lists/reuse-rows.ts'
import { request, type Answer } from './http.ts'
import { apiPath, withQuery } from './path.ts'
import { noteSame } from './large-lists/same-answer.ts'
import { z, type Schema } from './schema.ts'
import {
  addressesOf,
  singleVirtualMachineSchema,
  virtualMachineSchema,
  type VirtualMachine,
} from './virtual-machine.ts'

/** One reading of a machine. `creating`: BigV answered 202, it is still being made (API reference, "Status codes"). */
export interface MachineData {
  vm: VirtualMachine
  creating: boolean
}

/** The path of a group's machines, or of one of them by id or name. */
export function machinesPath({ account, group }: GroupRef): string {
  return apiPath('accounts', account, 'groups', group, 'virtual_machines')
}

/** The path of one machine. Requests about an existing machine have its id here. */
export function machinePath(ref: GroupRef, vm: number | string): string {
  return machinesPath(ref) + apiPath(vm)
}

/** Reads one machine by id or name, deleted or not, with its discs and NICs. Throws an ApiError; 404 when it is gone. */
export async function fetchMachine(
  ref: GroupRef,
  vm: number | string,
  signal?: AbortSignal,
): Promise<MachineData> {
  const path = withQuery(machinePath(ref, vm), { view: 'overview', include_deleted: true })
  const answer = await request('GET', path, { schema: singleVirtualMachineSchema, signal })
  return machineDataOf(answer)
}

// The rows are checked one by one.
const listSchema = z.array(z.unknown()) as unknown as Schema<readonly VirtualMachine[]>

/**
 * Reads the machines of a group. `last` is what a reading before gave: it is returned again when BigV answers the same text.
 * Throws an ApiError.
 */
export async function fetchMachines(
  ref: GroupRef,
  includeDeleted: boolean,
  signal?: AbortSignal,
  last?: readonly VirtualMachine[],
): Promise<readonly VirtualMachine[]> {
  const path = withQuery(machinesPath(ref), { include_deleted: includeDeleted ? true : undefined })
  const rows = { schema: virtualMachineSchema, of: (data: readonly unknown[]) => data, path: [] }
  return (await request('GET', path, { schema: listSchema, rows, signal, last })).data
}

/** Takes the answer about one machine and returns the reading. */
function machineDataOf(answer: Answer<VirtualMachine>): MachineData {
  return { vm: answer.data, creating: answer.status === 202 }
}

// In place of Query's own sharing, which goes through each value of ten thousand machines and goes by place, not by id.
function shareRows(before: unknown, fresh: unknown): unknown {
  const rows = reuseRows(before as readonly VirtualMachine[] | undefined, fresh as readonly VirtualMachine[])
  noteSame(rows, fresh as object)
  return rows
}

/** Reading machines. Keys go from general to particular; a machine's own is its id. */
export const machineQueries = {
  group: (ref: GroupRef) => ['accounts', ref.account, 'groups', ref.group] as const,
  list: (ref: GroupRef, includeDeleted: boolean) =>
    queryOptions({
      queryKey: [...machineQueries.group(ref), 'list', { includeDeleted }],
      queryFn: ({ signal, client, queryKey }) =>
        fetchMachines(ref, includeDeleted, signal, client.getQueryData(queryKey)),
      structuralSharing: shareRows,
    }),
  detail: (ref: GroupRef, id: number) =>
    queryOptions({
      queryKey: [...machineQueries.group(ref), 'machine', id],
      queryFn: ({ signal }) => fetchMachine(ref, id, signal),
    }),
  /** Which machine a name or id in a URL means: read once, by that name. */
  named: (ref: GroupRef, vm: string) =>
    queryOptions({
      queryKey: [...machineQueries.group(ref), 'named', vm],
      queryFn: ({ signal }) => fetchMachine(ref, vm, signal),
      staleTime: Infinity,
      // Long enough for the page to take up what its loader has read, and no longer.
      gcTime: 2_000,
    }),
}

/**
 * What a list of machines does not say: a machine's address (the first IPv4 of its NICs), its further ones with a space between (as a
 * text: there may be ten thousand), and what its discs come to in MiB.
 */
export interface Overviewed {
  address: string | undefined
  further: string
  discs: number | undefined
}

/** Takes a machine as an overview has it, with NICs and discs, and returns what lists show of them. */
export function overviewed({
  network_interfaces,
  discs,
}: Pick<VirtualMachine, 'network_interfaces' | 'discs'>): Overviewed {
  const all = addressesOf(network_interfaces)
  const address = all.find(isIpv4)
  return {
    address,
    further: all.filter((each) => each !== address).join(' '),
    discs: discs?.reduce((sum, { size }) => sum + size, 0),
  }
}

const groupOverviewSchema = z.looseObject({
  // The rows are checked one by one.
  virtual_machines: z.optional(z.array(z.unknown())),
}) as unknown as Schema<{ virtual_machines?: readonly MachineInOverview[] }>

const machineInOverviewSchema = z.looseObject({
  id: z.number(),
  network_interfaces: virtualMachineSchema.shape.network_interfaces,
  discs: virtualMachineSchema.shape.discs,
})

type MachineInOverview = z.infer<typeof machineInOverviewSchema>

/** What the list of a group does not say, by machine. Read beside it. */
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
          (data.virtual_machines ?? []).map((vm): [number, Overviewed] => [vm.id, overviewed(vm)]),
        )
      },
      staleTime: 5 * 60_000,
    }),
}
