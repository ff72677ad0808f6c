import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'
import { apiPath } from './path.ts'
import { maybe, z } from './schema.ts'

const userSchema = z.looseObject({
  id: z.number(),
  username: z.string(),
  authorized_keys: maybe(z.string()),
})

/** A user. `authorized_keys` is one string, with newlines between keys (docs/bigv-api.md#10-users-and-privileges). */
export type User = z.infer<typeof userSchema>

/** A user by name or id. Throws an ApiError; its status is 404 also if you don't have access. */
export async function fetchUser(user: string | number, signal?: AbortSignal): Promise<User> {
  return (await request('GET', apiPath('users', user), { schema: userSchema, signal })).data
}

/** Requests that change a user use the id, because another user may get the old name. */
export function userPath(id: number): string {
  return apiPath('users', id)
}

export const userQueries = {
  one: (user: string) =>
    queryOptions({ queryKey: ['users', user], queryFn: ({ signal }) => fetchUser(user, signal) }),
}
