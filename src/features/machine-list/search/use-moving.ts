import { stateOf } from '../../../operations/state.ts'
import type { Operation } from '../../../operations/operation.ts'
import { useOperations } from '../../../operations/use-operations.ts'

type Moving = ReadonlyMap<number, string>

const NONE: Moving = new Map()
// Any machine that is there and at rest: what moves it is the operation.
const AT_REST = { power_on: false, autoreboot_on: false, deleted: false }
let last: Moving = NONE

/**
 * The machines on their way to another state, by id, with its word; none where it is not `wanted`. The same map until one of them
 * changes: not each step of each operation is a reason to search anew.
 */
export function useMoving(wanted: boolean): Moving {
  return useOperations(wanted ? moving : none)
}

const none = () => NONE

function moving(operations: readonly Operation[]): Moving {
  const now = new Map<number, string>()
  for (const operation of operations) {
    const { target, phase } = operation
    if (phase === 'ended' || target.id === null) continue
    const { kind, word } = stateOf(AT_REST, false, operation)
    if (kind === 'moving') now.set(target.id, word)
  }
  const same = now.size === last.size && [...now].every(([id, word]) => last.get(id) === word)
  if (!same) last = now
  return last
}
