import { queryOptions } from '@tanstack/react-query'
import type { Credentials } from '../session/session.ts'
import { request } from './http.ts'
import { apiPath } from './path.ts'
import { z } from './schema.ts'

const accountSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  suspended: z.optional(z.nullable(z.boolean())),
})

/** An account: what is billed; it has groups of machines. */
export type Account = z.infer<typeof accountSchema>

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
      schema: z.array(accountSchema),
      credentials,
    })
    return data.map(({ name }) => name)
  } catch {
    return []
  }
}

/** Reading accounts. */
export const accountQueries = {
  /** The accounts that the user may see. */
  list: () =>
    queryOptions({
      queryKey: ['accounts'],
      queryFn: async ({ signal }) =>
        (await request('GET', apiPath('accounts'), { schema: z.array(accountSchema), signal })).data,
      staleTime: 5 * 60_000,
    }),
}
