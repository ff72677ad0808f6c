import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'
import { apiPath, withQuery } from './path.ts'
import { listOf, z } from './schema.ts'
import { virtualMachineSchema, type VirtualMachine } from './virtual-machine.ts'

/** A machine and the name of its group. */
export interface FleetMachine {
  group: string
  vm: VirtualMachine
}

const fleetSchema = z.looseObject({
  groups: listOf(
    z.looseObject({
      name: z.string(),
      virtual_machines: z.optional(z.nullable(listOf(virtualMachineSchema))),
    }),
  ),
})

/** Reading all machines of an account by one request, to find one of them; deleted ones are left out. */
export function fleetQuery(account: string) {
  return queryOptions({
    queryKey: ['accounts', account, 'fleet'],
    queryFn: async ({ signal }) => {
      const path = withQuery(apiPath('accounts', account), { view: 'overview' })
      const { groups } = (await request('GET', path, { schema: fleetSchema, signal })).data
      return groups.flatMap(({ name, virtual_machines }) =>
        (virtual_machines ?? []).map((vm): FleetMachine => ({ group: name, vm })),
      )
    },
    // Whether a machine is there changes seldom; what is done to one is read anew before it is done.
    staleTime: 60_000,
  })
}
