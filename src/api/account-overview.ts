import { queryOptions } from '@tanstack/react-query'
import { accountOverviewKey, accountSchema } from './accounts.ts'
import { request } from './http.ts'
import { apiPath, withQuery } from './path.ts'
import { listOf, z } from './schema.ts'
import { discSchema } from './virtual-machine.ts'

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

/** Reading all that an account has, by one request; deleted machines are left out. */
export function accountOverviewQuery(account: string) {
  return queryOptions({
    queryKey: accountOverviewKey(account),
    queryFn: async ({ signal }) => {
      const path = withQuery(apiPath('accounts', account), { view: 'overview' })
      return (await request('GET', path, { schema: overviewSchema, signal })).data
    },
  })
}
