import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'
import { apiPath } from './path.ts'
import { z } from './schema.ts'

/** One address, with the name that reverse DNS gives it: null or nothing where it has none (API reference, "NICs and IPs"). */
export const ipSchema = z.looseObject({ rdns: z.optional(z.nullable(z.string())) })

/** Reading addresses, each by itself: no list of them has their reverse DNS. */
export const ipQueries = {
  one: (address: string) =>
    queryOptions({
      queryKey: ['ips', address],
      queryFn: async ({ signal }) =>
        (await request('GET', apiPath('ips', address), { schema: ipSchema, signal })).data,
      staleTime: 60_000,
    }),
}
