import { currentUser } from '../lib/persisted.ts'
import { dismissToasts } from '../ui/toast/toast.ts'
import { asked } from '../components/actions/asked.ts'
import { batchesPanel, askBulk } from '../features/bulk/ask-bulk.ts'

/**
 * Takes the toasts and questions of a user who leaves away. Call once, before the operations are kept: what they say of what was
 * dropped stays.
 */
export function forgetAskedOfOthers(): void {
  currentUser.subscribe((_, before) => {
    if (before === undefined) return
    dismissToasts()
    asked.set(null)
    askBulk(null)
    batchesPanel.set(false)
  })
}
