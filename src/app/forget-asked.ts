import { onUserChange } from '../session/user-change.ts'
import { dismissToasts } from '../ui/toast/toast.ts'
import { askBulk, batchesPanel } from '../features/bulk/ask-bulk.ts'
import { stopAsking } from '../components/actions/asked.ts'

/**
 * Takes the toasts and questions of a user who leaves away. Call once, before the operations are kept: what they say of what was
 * dropped stays.
 */
export function forgetAskedOfOthers(): void {
  onUserChange((_, before) => {
    if (before === undefined) return
    dismissToasts()
    stopAsking()
    askBulk(null)
    batchesPanel.set(false)
  })
}
