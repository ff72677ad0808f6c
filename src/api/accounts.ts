import { queryOptions } from '@tanstack/react-query'
import type { Credentials } from '../session/credentials.ts'
import { request } from './http.ts'
import { apiPath, withQuery } from './path.ts'
import { listOf, z } from './schema.ts'
import { discSchema, virtualMachineSchema, type VirtualMachine } from './virtual-machine.ts'

const accountSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  suspended: z.optional(z.nullable(z.boolean())),
})

/** An account: what is billed; it has groups of machines. */
export type Account = z.infer<typeof accountSchema>

// An overview need not have every attribute (API reference, "Query parameters"): only what is counted is asked of it.
const countedMachineSchema = z.looseObject({
  id: z.number(),
  power_on: z.boolean(),
  cores: z.number(),
  memory: z.number(),
  deleted: z.optional(z.nullable(z.boolean())),
  discs: z.optional(z.nullable(listOf(discSchema))),
})

const overviewSchema = z.looseObject({
  ...accountSchema.shape,
  groups: listOf(
    z.looseObject({
      id: z.number(),
      name: z.string(),
      virtual_machines: z.optional(z.nullable(listOf(countedMachineSchema))),
    }),
  ),
})

/** An account with its groups and their machines, without the deleted ones. */
export type AccountOverview = z.infer<typeof overviewSchema>

/** A machine as far as an account's overview counts it; memory and discs in MiB. */
export type CountedMachine = z.infer<typeof countedMachineSchema>

const machinesByGroupSchema = z.looseObject({
  groups: listOf(
    z.looseObject({
      id: z.number(),
      name: z.string(),
      virtual_machines: z.optional(z.nullable(listOf(virtualMachineSchema))),
    }),
  ),
})

/** A group with its machines, and with their discs and NICs. */
export interface GroupMachines {
  id: number
  name: string
  machines: VirtualMachine[]
}

/** Takes an account's name or id and credentials to try, and returns the account. Throws an ApiError: 401, 404, no answer. */
export async function checkCredentials(credentials: Credentials): Promise<Account> {
  const answer = await request('GET', apiPath('accounts', credentials.account), {
    schema: accountSchema,
    credentials,
  })
  return answer.data
}

/** Takes credentials to try and returns the names of the accounts that they may see; none when that cannot be read. */
export async function visibleAccounts(credentials: Credentials): Promise<string[]> {
  try {
    const { data } = await request('GET', apiPath('accounts'), {
      schema: listOf(accountSchema),
      credentials,
    })
    return data.map(({ name }) => name)
  } catch {
    return []
  }
}

/** What every reading of the machines of all groups of an account is kept under. */
export const accountMachinesKey = (account: string) => ['accounts', account, 'machines'] as const

/** Reading accounts. */
export const accountQueries = {
  /** The accounts that the user may see. */
  list: () =>
    queryOptions({
      queryKey: ['accounts'],
      queryFn: async ({ signal }) =>
        (await request('GET', apiPath('accounts'), { schema: listOf(accountSchema), signal })).data,
      staleTime: 5 * 60_000,
    }),
  /** The machines of every group, by one request. */
  machines: (account: string, includeDeleted: boolean) =>
    queryOptions({
      queryKey: [...accountMachinesKey(account), { includeDeleted }],
      queryFn: async ({ signal }): Promise<GroupMachines[]> => {
        const path = withQuery(apiPath('accounts', account), {
          view: 'overview',
          include_deleted: includeDeleted ? true : undefined,
        })
        const { data } = await request('GET', path, { schema: machinesByGroupSchema, signal })
        return data.groups.map(({ id, name, virtual_machines }) => ({
          id,
          name,
          machines: virtual_machines ?? [],
        }))
      },
    }),
  /** All that the account has, by one request; deleted machines are left out. */
  overview: (account: string) =>
    queryOptions({
      queryKey: ['accounts', account, 'overview'],
      queryFn: async ({ signal }) => {
        const path = withQuery(apiPath('accounts', account), { view: 'overview' })
        return (await request('GET', path, { schema: overviewSchema, signal })).data
      },
    }),
}
