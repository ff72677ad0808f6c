import { useSyncExternalStore } from 'react'
import { currentSession, subscribeSession, type Session } from './session.ts'

/** The session, followed by the component that calls this. */
export function useSession(): Session {
  return useSyncExternalStore(subscribeSession, currentSession)
}
