import { useMemo } from 'react'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import type { Operation } from '../../operations/operation.ts'
import { facetOf, stateOf, type Facet } from '../../operations/state.ts'
import { queuedInBatches, useOperations } from '../../operations/store.ts'

/** The state in words of each machine that an operation is changing, by id. */
export type Changing = ReadonlyMap<number, string>

const NONE: Changing = new Map()
const NO_IDS: ReadonlySet<number> = new Set()
// Stands in for the machine, because the running operation alone decides the state here.
const NOT_CHANGING = { power_on: false, autoreboot_on: false, deleted: false }
let last: Changing = NONE

/**
 * The state in words of each machine that is changing, by id; empty unless `wanted`. The map stays the same object until a word changes, so
 * that other steps of an operation don't repeat the search.
 */
export function useChanging(wanted: boolean): Changing {
  const byOperation = useOperations(wanted ? changing : none)
  const queued = queuedInBatches.use(wanted ? all : noIds)
  return useMemo(() => withQueued(byOperation, queued), [byOperation, queued])
}

/** A machine whose turn in a bulk run is still to come has no operation yet, but counts as changing. */
function withQueued(byOperation: Changing, queued: ReadonlySet<number>): Changing {
  if (queued.size === 0) return byOperation
  return new Map([...[...queued].map((id) => [id, 'Queued'] as const), ...byOperation])
}

const all = (ids: ReadonlySet<number>) => ids
const noIds = () => NO_IDS

const none = () => NONE

function changing(operations: readonly Operation[]): Changing {
  const now = new Map<number, string>()
  for (const operation of operations) {
    const { target, phase } = operation
    if (phase === 'ended' || target.id === null) continue
    const { kind, word } = stateOf(NOT_CHANGING, false, operation)
    if (kind === 'moving') now.set(target.id, word)
  }
  const same = now.size === last.size && [...now].every(([id, word]) => last.get(id) === word)
  if (!same) last = now
  return last
}

/** The facet that shows a machine now. */
export function facetNow(
  vm: Pick<VirtualMachine, 'id' | 'power_on' | 'autoreboot_on' | 'deleted'>,
  changing: Changing,
  shouldBeOn: ReadonlySet<number>,
): Facet {
  const state = stateOf(vm, false, undefined)
  const isChanging = state.kind !== 'deleted' && changing.has(vm.id)
  return isChanging ? 'changing' : facetOf(state, shouldBeOn.has(vm.id))
}
