import { queryOptions } from '@tanstack/react-query'
import type { Credentials } from '../session/credentials.ts'
import { request } from './http.ts'
import { apiPath, withQuery } from './path.ts'
import { listOf, z } from './schema.ts'
import { virtualMachineSchema, type VirtualMachine } from './virtual-machine.ts'

/** An account as BigV describes it, alone or in a list. */
export const accountSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  suspended: z.optional(z.nullable(z.boolean())),
})

/** An account: what is billed; it has groups of machines. */
export type Account = z.infer<typeof accountSchema>

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

/** What the overview of an account is kept under. */
export const accountOverviewKey = (account: string) => ['accounts', account, 'overview'] as const

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
}
