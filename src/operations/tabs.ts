import { isActionName } from '../actions/index.ts'
import { shareWithTabs } from './share-with-tabs.ts'
import { operations, putOperation, removeOperation, subscribeOperations } from './store.ts'

/**
 * Tells the user's other tabs of this tab's operations running, and shows theirs here. The tab that began an operation
 * watches it. Call once, at the start.
 */
export function shareOperations(): void {
  shareWithTabs({
    channel: 'bigv.operations',
    all: operations,
    subscribe: subscribeOperations,
    // A tab that was opened later may have a newer version of the dashboard, with actions that this one does not know.
    put: (theirs) => isActionName(theirs.action) && putOperation(theirs),
    remove: removeOperation,
    underWay: ({ phase }) => phase !== 'ended',
  })
}
