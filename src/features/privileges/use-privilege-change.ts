import { useState } from 'react'
import { privilegesOnPath, fetchPrivileges, type Privilege } from '../../api/privileges.ts'
import { queryClient } from '../../api/query-client.ts'
import type { Action, PlannedRequest } from '../../actions/action.ts'
import { doPlainly, type PlainResult } from '../../operations/plain.ts'
import { targetAt, type Place } from './place.ts'

interface Change {
  action: Action
  username: string
  level: string
  request: PlannedRequest
  /** Takes the privileges as read before it is sent once more, and returns what speaks against that, or null. */
  stands: (privileges: readonly Privilege[]) => string | null
  /** Takes the privileges as read afterwards, and returns what contradicts the change, or null. */
  seen: (privileges: readonly Privilege[]) => string | null
}

/** Sends a change of the privileges on a place, and reads them back. `send` returns whether it is seen to be so. */
export function usePrivilegeChange(place: Place) {
  const [sending, setSending] = useState(false)
  const [result, setResult] = useState<PlainResult | null>(null)
  const send = async ({ action, username, level, request, stands, seen }: Change): Promise<boolean> => {
    setSending(true)
    setResult(null)
    const sent = await doPlainly(action, targetAt(place, level, username), request, {
      expects: { level, username, on: place.name },
      check: async () => stands(await fetchPrivileges(privilegesOnPath(place.at))),
      readBack: async () => seen(await fetchPrivileges(privilegesOnPath(place.at))),
    })
    await queryClient.invalidateQueries({ queryKey: ['privileges'] })
    setSending(false)
    setResult(sent)
    return sent.is === 'done'
  }
  return { sending, result, send, forget: () => setResult(null) }
}
