import type { VirtualMachine } from '../../../api/virtual-machine.ts'
import { currentUser } from '../../../lib/persisted.ts'
import { createStore, type Store } from '../../../lib/store.ts'

/** The machines that are selected in a list, by id, and how they came to be. */
interface Selected {
  ids: ReadonlySet<number>
  /** Where a range begins: the machine that was clicked last. */
  anchor: number | null
  /** What was selected before the range that is being drawn; drawing it smaller goes back to that. */
  base: ReadonlySet<number>
}

/** A list's selection, outside React: a row follows its own machine only. */
export type Selection = Store<Selected>

const EMPTY: ReadonlySet<number> = new Set()
const NOTHING: Selected = { ids: EMPTY, anchor: null, base: EMPTY }
const lists = new Map<string, Selection>()

/** Takes the key of a list and returns its selection. It outlives the page, as one looks at a machine and comes back, but not the user. */
export function selectionOf(list: string): Selection {
  const known = lists.get(list)
  if (known !== undefined) return known
  const selection = createStore(NOTHING)
  lists.set(list, selection)
  return selection
}

/** Another user's selection is nobody's. */
currentUser.subscribe(() => {
  for (const selection of lists.values()) selection.set(NOTHING)
})

/** Selects a machine, or unselects it; a range may begin here. */
export function toggle(selection: Selection, id: number): void {
  const ids = new Set(selection.get().ids)
  if (!ids.delete(id)) ids.add(id)
  selection.set({ ids, anchor: id, base: ids })
}

/**
 * Draws a range from where the last click was to this machine: what is between, in the order given, becomes as the first of it is.
 * Drawn again from there, it replaces the one before. Without a beginning it is a click.
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

/** Selects these, too. */
export function selectAlso(selection: Selection, ids: readonly number[]): void {
  const next = new Set([...selection.get().ids, ...ids])
  selection.set({ ids: next, anchor: null, base: next })
}

/** Selects nothing any more. */
export function clearSelection(selection: Selection): void {
  selection.set(NOTHING)
}

/** Forgets what the list has no more: a machine that comes back was not selected by anybody. */
export function keepOnly(selection: Selection, list: readonly { vm: Pick<VirtualMachine, 'id'> }[]): void {
  const { ids, anchor, base } = selection.get()
  if (ids.size === 0 && anchor === null) return
  const listed = new Set(list.map(({ vm }) => vm.id))
  if ([...ids].every((id) => listed.has(id))) return
  const kept = (all: ReadonlySet<number>) => new Set([...all].filter((id) => listed.has(id)))
  selection.set({
    ids: kept(ids),
    anchor: anchor !== null && listed.has(anchor) ? anchor : null,
    base: kept(base),
  })
}

/** The ids of the selected machines. */
export function useSelectedIds(selection: Selection): ReadonlySet<number> {
  return selection.use(({ ids }) => ids)
}

/** Whether this machine is selected. Re-renders when that changes, and for nothing else. */
export function useIsSelected(selection: Selection, id: number): boolean {
  return selection.use(({ ids }) => ids.has(id))
}
