import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'
import { apiPath } from './path.ts'
import { maybe, z } from './schema.ts'

/** An address's reverse DNS name; null or missing for none (docs/bigv-api.md#9-network-nics-and-ips). */
export const ipSchema = z.looseObject({ rdns: maybe(z.string()) })

export type Ip = z.infer<typeof ipSchema>

/** Throws an ApiError. */
export async function fetchIp(address: string, signal?: AbortSignal): Promise<Ip> {
  return (await request('GET', apiPath('ips', address), { schema: ipSchema, signal })).data
}

/** Each address is fetched alone, because no list of addresses includes reverse DNS names. */
export const ipQueries = {
  one: (address: string) =>
    queryOptions({
      queryKey: ['ips', address],
      queryFn: ({ signal }) => fetchIp(address, signal),
      staleTime: 60_000,
    }),
}
