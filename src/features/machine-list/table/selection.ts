import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import { currentUser } from '../../../lib/persisted.ts'
import { createStore, type Store } from '../../../lib/store.ts'

interface Selected {
  ids: ReadonlySet<number>
  /** The machine clicked last, where a range would begin. */
  anchor: number | null
  /** The selection without the current range. Machines return to this state if the range becomes smaller. */
  base: ReadonlySet<number>
}

/** A list's selection. It is stored outside React, so that a row re-renders only if its own machine is selected or deselected. */
export type Selection = Store<Selected>

const EMPTY: ReadonlySet<number> = new Set()
const NOTHING: Selected = { ids: EMPTY, anchor: null, base: EMPTY }
const lists = new Map<string, Selection>()

/** The selection of the list with this key. It lasts until the session ends, as users open a machine and come back to the list. */
export function selectionOf(list: string): Selection {
  const known = lists.get(list)
  if (known !== undefined) return known
  const selection = createStore(NOTHING)
  lists.set(list, selection)
  return selection
}

currentUser.subscribe(() => {
  for (const selection of lists.values()) selection.set(NOTHING)
})

export function toggle(selection: Selection, id: number): void {
  const ids = new Set(selection.get().ids)
  if (!ids.delete(id)) ids.add(id)
  selection.set({ ids, anchor: id, base: ids })
}

/**
 * Extends the last click to a range that ends at this machine: all machines in the range are selected or deselected, like the one clicked
 * last. A second range replaces the first.
 */
export function extend(selection: Selection, order: readonly number[], to: number): void {
  const { ids, anchor, base } = selection.get()
  const [from, until] = [anchor === null ? -1 : order.indexOf(anchor), order.indexOf(to)]
  if (anchor === null || from === -1 || until === -1) return toggle(selection, to)
  const range = order.slice(Math.min(from, until), Math.max(from, until) + 1)
  const next = new Set(base)
  for (const id of range) {
    if (ids.has(anchor)) next.add(id)
    else next.delete(id)
  }
  selection.set({ ids: next, anchor, base })
}

export function selectAlso(selection: Selection, ids: readonly number[]): void {
  const next = new Set([...selection.get().ids, ...ids])
  selection.set({ ids: next, anchor: null, base: next })
}

export function deselect(selection: Selection, ids: readonly number[]): void {
  const next = new Set(selection.get().ids)
  for (const id of ids) next.delete(id)
  selection.set({ ids: next, anchor: null, base: next })
}

export function clearSelection(selection: Selection): void {
  selection.set(NOTHING)
}

/** Deselects all machines but these: purged or moved ones (when they come back, they must not be selected), or those not shown. */
export function keepOnly(selection: Selection, list: readonly { vm: Pick<VirtualMachine, 'id'> }[]): void {
  const { ids, anchor, base } = selection.get()
  if (ids.size === 0 && anchor === null) return
  const listed = new Set(list.map(({ vm }) => vm.id))
  if ([...ids].every((id) => listed.has(id))) return
  const listedOf = (all: ReadonlySet<number>) => new Set([...all].filter((id) => listed.has(id)))
  selection.set({
    ids: listedOf(ids),
    anchor: anchor !== null && listed.has(anchor) ? anchor : null,
    base: listedOf(base),
  })
}

export function useSelectedIds(selection: Selection): ReadonlySet<number> {
  return selection.use(({ ids }) => ids)
}

/** True if this machine is selected. Re-renders only when the result changes. */
export function useIsSelected(selection: Selection, id: number): boolean {
  return selection.use(({ ids }) => ids.has(id))
}
