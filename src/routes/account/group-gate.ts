import type { GroupContents } from '../../api/groups.ts'
import type { Operation } from '../../operations/operation.ts'
import { words } from '../../operations/wording.ts'

/**
 * Takes a group and the operations of this session, and returns why the group cannot be renamed or deleted now, or null: a
 * change that is in flight in it is watched under the group's name.
 */
export function busyGroupRefusal(
  account: string,
  name: string,
  operations: readonly Operation[],
): string | null {
  const busy = operations.find(
    ({ phase, target }) => phase !== 'ended' && target.account === account && target.group === name,
  )
  return busy === undefined
    ? null
    : `“${words[busy.action].label} ${busy.target.name}” is still in flight there.`
}

/**
 * Takes what a group holds and returns why it cannot be deleted, or null. BigV refuses while there are machines in it, and
 * deleted ones count until they are purged (API reference, "Groups").
 */
export function notEmptyRefusal({
  machines,
  deleted,
}: Pick<GroupContents, 'machines' | 'deleted'>): string | null {
  if (machines === 0) return null
  const kept = machines - deleted
  if (deleted === 0) return `It is not empty: it has ${counted(kept)}.`
  const purge = 'Deleted ones count until they are purged.'
  if (kept === 0) return `It is not empty: it has ${counted(deleted, 'deleted ')}. ${purge}`
  return `It is not empty: it has ${counted(kept)} and ${counted(deleted, 'deleted ')}. ${purge}`
}

function counted(count: number, what = ''): string {
  return count === 1 ? `1 ${what}machine` : `${count} ${what}machines`
}
