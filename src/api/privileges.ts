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
 * What a user may do, and on what: one account, group or machine, or the whole cluster. Only newer brains have the names;
 * `yubikey_otp_max_age` is in seconds (docs/bigv-api.md#10-users-and-privileges).
 */
export type Privilege = z.infer<typeof privilegeSchema>

/** For how many ms BigV takes an OTP again: for 15 min where the privilege does not say (docs/bigv-api.md#2-authentication). */
export function otpAgeMs({ yubikey_otp_max_age }: Privilege): number {
  return (yubikey_otp_max_age ?? 900) * 1000
}

/** What privileges can be on: an account, one of its groups, or a machine in that, each by its name or id in the URL. */
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

/** Throws an ApiError; 404 also where you have no access. */
export async function fetchPrivileges(path: string, signal?: AbortSignal): Promise<Privilege[]> {
  return (await request('GET', path, { schema: listOf(privilegeSchema), signal })).data
}

export const privilegeQueries = {
  /** On an account, a group or a machine itself, whoever has them. */
  on: (place: PrivilegePlace) => {
    const path = privilegesOnPath(place)
    return queryOptions({
      queryKey: ['privileges', path],
      queryFn: ({ signal }) => fetchPrivileges(path, signal),
      staleTime: 30_000,
    })
  },
  /** Of a user, on anything. */
  ofUser: (user: string) =>
    queryOptions({
      queryKey: ['privileges', 'user', user],
      queryFn: ({ signal }) => fetchPrivileges(userPrivilegesPath(user), signal),
      staleTime: 60_000,
    }),
}
