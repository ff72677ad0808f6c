import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'
import { apiPath } from './path.ts'
import { listOf, z } from './schema.ts'

const maybe = <T>(schema: z.ZodMiniType<T>) => z.optional(z.nullable(schema))

const privilegeSchema = z.looseObject({
  id: z.number(),
  level: z.string(),
  username: maybe(z.string()),
  creating_username: maybe(z.string()),
  password_required: maybe(z.boolean()),
  yubikey_required: maybe(z.boolean()),
  yubikey_otp_max_age: maybe(z.number()),
  ip_restrictions: maybe(z.string()),
  account_id: maybe(z.number()),
  group_id: maybe(z.number()),
  virtual_machine_id: maybe(z.number()),
  account_name: maybe(z.string()),
  group_name: maybe(z.string()),
  virtual_machine_name: maybe(z.string()),
})

/**
 * What a user may do, and on what: one account, group or machine, or else the whole cluster. The names are told by newer brains
 * only; `yubikey_otp_max_age` is in seconds (API reference, "Users and privileges").
 */
export type Privilege = z.infer<typeof privilegeSchema>

/** What privileges can be on: an account, a group of it, or a machine of that, each by its name or id in the URL. */
export interface PrivilegePlace {
  account: string
  group?: string
  vm?: number
}

/** The path of the privileges on an account, a group or a machine. */
export function privilegesOnPath({ account, group, vm }: PrivilegePlace): string {
  const inGroup = group === undefined ? [] : ['groups', group]
  return apiPath(
    'accounts',
    account,
    ...inGroup,
    ...(vm === undefined ? [] : ['virtual_machines', vm]),
    'privileges',
  )
}

/** The path of one privilege. */
export function privilegePath(id: number): string {
  return apiPath('privileges', id)
}

/** The path of the privileges that a user has, by name or id. */
export function userPrivilegesPath(user: string): string {
  return apiPath('users', user, 'privileges')
}

/** Reads the privileges at a path. Throws an ApiError; 404 also for what is not yours to see. */
export async function fetchPrivileges(path: string, signal?: AbortSignal): Promise<Privilege[]> {
  return (await request('GET', path, { schema: listOf(privilegeSchema), signal })).data
}

/** Reading privileges. */
export const privilegeQueries = {
  /** Those on an account, a group or a machine itself, whoever has them. */
  on: (place: PrivilegePlace) => {
    const path = privilegesOnPath(place)
    return queryOptions({
      queryKey: ['privileges', path],
      queryFn: ({ signal }) => fetchPrivileges(path, signal),
      staleTime: 30_000,
    })
  },
  /** Those that a user has, wherever. */
  ofUser: (user: string) =>
    queryOptions({
      queryKey: ['privileges', 'user', user],
      queryFn: ({ signal }) => fetchPrivileges(userPrivilegesPath(user), signal),
      staleTime: 60_000,
    }),
}
