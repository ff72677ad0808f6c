import { setKeys } from '../../actions/things.ts'
import { useState } from 'react'
import { ApiError } from '../../api/errors.ts'
import { queryClient } from '../../api/query-client.ts'
import { fetchUser, userPath, userQueries, type User } from '../../api/users.ts'
import { keyChanges, keyLines } from '../../lib/ssh-keys.ts'
import { forbiddenReason } from '../../operations/forbidden.ts'
import { readOnlyReason } from '../../operations/read-only.ts'
import type { PlannedRequest } from '../../operations/operation.ts'
import { doPlainly, type PlainResult } from '../../operations/plain.ts'
import { backInTime } from '../../operations/signed-in.ts'
import { useReadOnly, useOperations } from '../../operations/use-operations.ts'

/** How saving went, where it did not simply succeed. */
export type SaveProblem =
  | { is: 'changed'; changes: string[] }
  | { is: 'unread'; error: ApiError }
  | { is: 'not taken' }
  | Exclude<PlainResult, { is: 'done' }>

/** The request that writes a user's keys, all of them at once: BigV takes one string. */
export function keysRequest(id: number, authorized_keys: string): PlannedRequest {
  return { method: 'PUT', path: userPath(id), body: { authorized_keys } }
}

/** Why this user's keys cannot be written, or null: the writes are switched off, or BigV has refused it before. */
export function useKeysReason(user: User | undefined): string | null {
  const readOnly = readOnlyReason(useReadOnly())
  // A refusal is noted when its operation ends.
  useOperations()
  return readOnly ?? (user ? forbiddenReason(setKeys, targetOf(user)) : null)
}

/**
 * Saves keys without losing others: reads them again before writing, and where they are no longer what the user was shown,
 * sends nothing and shows them. `save` takes what was shown and what is to be, and returns whether it is so now.
 */
export function useSaveKeys() {
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<SaveProblem | null>(null)
  const save = async (shown: User, next: string): Promise<boolean> => {
    setSaving(true)
    setProblem(null)
    const found = await saveKeys(shown, next)
    setProblem(found)
    setSaving(false)
    return found === null
  }
  return { saving, problem, save, forget: () => setProblem(null) }
}

async function saveKeys(shown: User, next: string): Promise<SaveProblem | null> {
  const { queryKey } = userQueries.one(shown.username)
  const now = await readSignedIn(shown.id)
  if (now instanceof ApiError) return { is: 'unread', error: now }
  if (textOf(now) !== textOf(shown)) {
    queryClient.setQueryData(queryKey, now)
    const changes = keyChanges(keyLines(shown.authorized_keys), keyLines(now.authorized_keys))
    return { is: 'changed', changes }
  }
  const sent = await doPlainly(setKeys, targetOf(shown), keysRequest(shown.id, next), {
    check: async () =>
      textOf(await fetchUser(shown.id)) === textOf(shown) ? null : 'The keys have been changed meanwhile.',
  })
  const after = sent.is === 'done' ? await read(shown.id) : null
  if (after === null || after instanceof ApiError) {
    void queryClient.invalidateQueries({ queryKey })
    return sent.is === 'done' ? null : sent
  }
  queryClient.setQueryData(queryKey, after)
  return textOf(after) === next ? null : { is: 'not taken' }
}

const targetOf = ({ username }: User) => ({ account: '', group: '', id: null, name: username })

/** Reads the user; where BigV no longer takes the credentials, once more when the same user has soon signed in again. */
async function readSignedIn(id: number): Promise<User | ApiError> {
  const now = await read(id)
  if (!(now instanceof ApiError) || now.status !== 401) return now
  return (await backInTime()) === null ? read(id) : now
}

async function read(id: number): Promise<User | ApiError> {
  try {
    return await fetchUser(id)
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
}

const textOf = ({ authorized_keys }: User) => authorized_keys ?? ''
