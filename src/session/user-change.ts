import { currentSession, subscribeSession } from './session.ts'

/**
 * Calls the action whenever somebody else is signed in than before, or nobody, with the usernames of now and before; undefined for
 * nobody. The same user, signed in again, is no change.
 */
export function onUserChange(action: (now: string | undefined, before: string | undefined) => void): void {
  let user = currentSession().credentials?.username
  subscribeSession(() => {
    const before = user
    user = currentSession().credentials?.username
    if (user !== before) action(user, before)
  })
}
