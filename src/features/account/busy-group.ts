import type { Operation } from '../../operations/operation.ts'
import { actions } from '../../actions/index.ts'

/**
 * Takes a group and the operations of this session, and returns why the group cannot be renamed or deleted now, or null: a
 * change that is running in it is watched under the group's name.
 */
export function busyGroupReason(
  account: string,
  name: string,
  operations: readonly Operation[],
): string | null {
  const busy = operations.find(
    ({ phase, target }) => phase !== 'ended' && target.account === account && target.group === name,
  )
  return busy === undefined
    ? null
    : `“${actions[busy.action].label} ${busy.target.name}” is still running there.`
}
