import { queryOptions } from '@tanstack/react-query'
import { request } from './http.ts'
import { apiPath } from './path.ts'
import { listOf, maybe, z } from './schema.ts'

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
 * A user's rights on one account, group or machine, or on the whole cluster. Only newer brains have the names;
 * `yubikey_otp_max_age` is in seconds (docs/bigv-api.md#10-users-and-privileges).
 */
export type Privilege = z.infer<typeof privilegeSchema>

/** How long BigV accepts the same OTP, in ms: 15 min, unless a privilege says otherwise (docs/bigv-api.md#2-authentication). */
export function otpAgeMs({ yubikey_otp_max_age }: Privilege): number {
  return (yubikey_otp_max_age ?? 900) * 1000
}

/**
 * How long an OTP stays valid for all privileges, in ms: the shortest limit of the privileges that require an OTP. Null if none requires
 * one.
 */
export function otpWindow(privileges: readonly Privilege[]): number | null {
  const ages = privileges.filter(({ yubikey_required }) => yubikey_required).map(otpAgeMs)
  return ages.length === 0 ? null : Math.min(...ages)
}

/** An account, one of its groups, or a machine in a group, by name or id. A privilege can be on any of the three. */
export interface PrivilegePlace {
  account: string
  group?: string
  vm?: number
}

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

export function privilegePath(id: number): string {
  return apiPath('privileges', id)
}

export function userPrivilegesPath(user: string): string {
  return apiPath('users', user, 'privileges')
}

/** Throws an ApiError; its status is 404 also if you don't have access. */
export async function fetchPrivileges(path: string, signal?: AbortSignal): Promise<Privilege[]> {
  return (await request('GET', path, { schema: listOf(privilegeSchema), signal })).data
}

export const privilegeQueries = {
  /** All users' privileges on an account, group or machine itself, without inherited ones. */
  on: (place: PrivilegePlace) => {
    const path = privilegesOnPath(place)
    return queryOptions({
      queryKey: ['privileges', path],
      queryFn: ({ signal }) => fetchPrivileges(path, signal),
      staleTime: 30_000,
    })
  },
  /** All privileges of a user. */
  ofUser: (user: string) =>
    queryOptions({
      queryKey: ['privileges', 'user', user],
      queryFn: ({ signal }) => fetchPrivileges(userPrivilegesPath(user), signal),
      staleTime: 60_000,
    }),
}
