import { storedValue } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'

// A user's last choices, for the next sign-in.

/** The two ways to sign in: HTTP Basic with every request, or a token that the auth service exchanges for the password. */
export type SignInMethod = 'basic' | 'token'

/** A preference of this browser, kept after signing out. */
const method = storedValue({ key: 'bigv.sign-in-with', where: 'browser', schema: z.enum(['basic', 'token']) })

export const lastSignInMethod = (): SignInMethod => method.read() ?? 'basic'

export const rememberSignInMethod = (chosen: SignInMethod): boolean => method.write(chosen)

const groups = storedValue({
  key: 'bigv.gathered.last-group',
  where: 'browser',
  perUser: true,
  schema: z.record(z.string(), z.string()),
})

export function lastGroup(account: string): string | null {
  return groups.read()?.[account] ?? null
}

export function rememberGroup(account: string, group: string): void {
  if (lastGroup(account) !== group) groups.write({ ...groups.read(), [account]: group })
}
