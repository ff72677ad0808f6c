import { currentSession, subscribeSession } from '../../session/session.ts'
import { dismissToasts } from '../../ui/toast.ts'
import { askBulk, openPanel } from '../bulk/ask-bulk.ts'
import { stopAsking } from '../power/asked.ts'

/**
 * Takes the toasts and questions of a user who leaves away. Call once, before the operations are kept: what they say of what was
 * dropped stays.
 */
export function forgetAskedOfOthers(): void {
  let user = currentSession().credentials?.username
  subscribeSession(() => {
    const before = user
    user = currentSession().credentials?.username
    if (before === undefined || user === before) return
    dismissToasts()
    stopAsking()
    askBulk(null)
    openPanel(false)
  })
}
