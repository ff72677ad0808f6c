import { queryOptions, type Query } from '@tanstack/react-query'
import type { GroupRef } from '../lib/links.ts'
import { segmentOf } from '../lib/names.ts'
import type { Credentials } from '../session/credentials.ts'
import { request } from './http.ts'
import { apiPath, withQuery } from './path.ts'
import { listOf, maybe, z } from './schema.ts'
import { virtualMachineSchema, type MachineData, type VirtualMachine } from './virtual-machines.ts'

const accountSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  suspended: maybe(z.boolean()),
})

/** An account: the unit of billing, with groups of machines (docs/bigv-api.md#5-accounts). */
export type Account = z.infer<typeof accountSchema>

// An overview may lack attributes (docs/bigv-api.md#4-query-parameters). Only those that the account's page counts are required.
const machineInAccountSchema = z.lazy(() =>
  z.looseObject({
    ...virtualMachineSchema.shape,
    name: z.optional(z.string()),
    autoreboot_on: z.optional(z.boolean()),
  }),
)

const overviewSchema = z.lazy(() =>
  z.looseObject({
    ...accountSchema.shape,
    groups: listOf(
      z.looseObject({
        id: z.number(),
        name: z.string(),
        virtual_machines: maybe(listOf(machineInAccountSchema)),
      }),
    ),
  }),
)

/** An account with its groups, their machines, and the machines' discs and NICs. */
export type AccountOverview = z.infer<typeof overviewSchema>

/** A machine in an account's overview; memory and discs in MiB. */
export type MachineInAccount = z.infer<typeof machineInAccountSchema>

export interface AccountMachine {
  /** The group as paths name it. */
  group: string
  vm: VirtualMachine
}

/** True if the overview has every attribute of the machine that lists need. */
export function isComplete(vm: MachineInAccount): vm is VirtualMachine {
  return vm.name !== undefined && vm.autoreboot_on !== undefined
}

/** All machines of an overview, for `select`. Throws if one is incomplete, because a list without that machine would be wrong. */
export function machinesOf({ groups }: Pick<AccountOverview, 'groups'>): AccountMachine[] {
  return groups.flatMap((group) =>
    (group.virtual_machines ?? []).map((vm) => {
      if (!isComplete(vm))
        throw new Error(
          `BigV’s data for machine ${vm.id} is incomplete: “name” or “autoreboot_on” is missing.`,
        )
      return { group: segmentOf(group), vm }
    }),
  )
}

/** Checks credentials by fetching their account. Throws an ApiError, for example on a 401, on a 404 or without an answer. */
export async function checkCredentials(credentials: Credentials): Promise<Account> {
  const path = apiPath('accounts', credentials.account)
  return (await request('GET', path, { schema: accountSchema, credentials })).data
}

/** The accounts that these credentials have access to. An empty list if the accounts can't be fetched. */
export async function visibleAccounts(credentials: Credentials): Promise<Account[]> {
  try {
    const { data } = await request('GET', apiPath('accounts'), {
      schema: listOf(accountSchema),
      credentials,
    })
    return data
  } catch {
    return []
  }
}

export const accountQueries = {
  list: () =>
    queryOptions({
      queryKey: ['accounts'],
      queryFn: async ({ signal }) =>
        (await request('GET', apiPath('accounts'), { schema: listOf(accountSchema), signal })).data,
      staleTime: 5 * 60_000,
    }),
  /** Everything in an account, deleted machines too, fetched by one request. Components pick their part with `select`. */
  overview: (account: string) =>
    queryOptions({
      queryKey: ['accounts', account, 'overview'],
      queryFn: async ({ signal }) => {
        const path = withQuery(apiPath('accounts', account), { view: 'overview', include_deleted: true })
        return (await request('GET', path, { schema: overviewSchema, signal })).data
      },
    }),
}

/** Machines of one group, fetched by a query. */
interface FetchedMachines {
  ref: GroupRef
  machines: readonly VirtualMachine[]
  /** The key of the list that has these machines; null for a machine fetched alone. */
  list: string | null
  /** True if the machine was fetched alone and is still being created. */
  creating: boolean
}

/** The machines in the data of a query, by group; an empty list unless the query belongs to accountQueries or machineQueries. */
export function fetchedMachines({
  queryKey,
  state: { data },
}: Pick<Query, 'queryKey' | 'state'>): FetchedMachines[] {
  const [root, account, kind, ...rest] = queryKey
  if (root !== 'accounts' || typeof account !== 'string' || data === undefined) return []
  if (kind === 'overview') {
    const list = JSON.stringify([kind, ...rest])
    return (data as AccountOverview).groups.map((group) => {
      const machines = (group.virtual_machines ?? []).filter(isComplete)
      return { ref: { account, group: segmentOf(group) }, machines, list, creating: false }
    })
  }
  const [group, what] = rest
  if (kind !== 'groups' || typeof group !== 'string') return []
  const ref = { account, group }
  if (what === 'list') {
    return [{ ref, machines: data as VirtualMachine[], list: JSON.stringify(rest), creating: false }]
  }
  if (what !== 'machine') return []
  const { vm, creating } = data as MachineData
  return [{ ref, machines: [vm], list: null, creating }]
}
