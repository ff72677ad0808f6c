import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'
import { apiPath } from './path.ts'
import { z } from './schema.ts'

const userSchema = z.looseObject({
  id: z.number(),
  username: z.string(),
  authorized_keys: z.optional(z.nullable(z.string())),
})

/** A user; `authorized_keys` is one string, keys separated by newlines (API reference, "Users and privileges"). */
export type User = z.infer<typeof userSchema>

/** Reads a user by name or id. Throws an ApiError; 404 when he is not yours to see. */
export async function fetchUser(user: string | number, signal?: AbortSignal): Promise<User> {
  return (await request('GET', apiPath('users', user), { schema: userSchema, signal })).data
}

/** The path of a user. Requests that change one have the id here. */
export function userPath(id: number): string {
  return apiPath('users', id)
}

/** Reading users. */
export const userQueries = {
  one: (user: string) =>
    queryOptions({ queryKey: ['users', user], queryFn: ({ signal }) => fetchUser(user, signal) }),
}
