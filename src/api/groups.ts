import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'
import { apiPath } from './path.ts'
import { z } from './schema.ts'

const groupSchema = z.looseObject({ id: z.number(), name: z.string() })

/** A group of machines within an account. */
export type Group = z.infer<typeof groupSchema>

/** Reading groups. */
export const groupQueries = {
  list: (account: string) =>
    queryOptions({
      queryKey: ['accounts', account, 'groups'],
      queryFn: async ({ signal }) =>
        (
          await request('GET', apiPath('accounts', account, 'groups'), {
            schema: z.array(groupSchema),
            signal,
          })
        ).data,
      staleTime: 60_000,
    }),
}
