import { persisted } from '../../../lib/persisted.ts'
import { z } from '../../../lib/schema.ts'
import { createStore } from '../../../lib/store.ts'
import { COLUMN_IDS, columns, isColumnId, SHOWN_AT_FIRST, type Column, type ColumnId } from './columns.ts'

/** How the user wants tables of machines. The name is always shown, and first. */
export interface TableSetting {
  /** Every column, in its order. */
  order: readonly ColumnId[]
  shown: readonly ColumnId[]
  /** Widths that the user has given, in px; other columns fit themselves to the page. */
  widths: Readonly<Partial<Record<ColumnId, number>>>
  density: Density
}

export type Density = 'normal' | 'compact'

export const NARROWEST = 48
export const WIDEST = 1_000
export const AT_FIRST: TableSetting = {
  order: COLUMN_IDS,
  shown: SHOWN_AT_FIRST,
  widths: {},
  density: 'normal',
}

const store = persisted(createStore(AT_FIRST), {
  key: 'bigv.table',
  where: 'browser',
  schema: z.transform(readSetting),
})

/** Takes what this browser remembers, which may be anything, and returns the setting that it makes. */
export function readSetting(kept: unknown): TableSetting {
  const { order, shown, widths, density } = recordOf(kept)
  const known = ['name', ...idsOf(order).filter((id) => id !== 'name')] satisfies ColumnId[]
  return {
    order: Array.isArray(order) ? withMissing(known) : AT_FIRST.order,
    shown: Array.isArray(shown) ? [...new Set<ColumnId>(['name', ...idsOf(shown)])] : AT_FIRST.shown,
    widths: Object.fromEntries(
      Object.entries(recordOf(widths)).filter(
        ([id, px]) => isColumnId(id) && typeof px === 'number' && px >= NARROWEST && px <= WIDEST,
      ),
    ),
    density: density === 'compact' ? 'compact' : 'normal',
  }
}

/** The columns that a list has, in their order. A new array only when they change. */
export function useColumns(everyGroup: boolean): readonly Column[] {
  return store.use((setting) => columnsOf(setting, everyGroup))
}

/** How the user wants tables of machines. */
export const useTableSetting = store.use

/** Changes the setting, and has this browser remember it. */
export function changeTable(change: Partial<TableSetting>): void {
  store.set((setting) => ({ ...setting, ...change }))
}

/** Shows a column, or no more. */
export function showColumn(id: ColumnId, show: boolean): void {
  const others = store.get().shown.filter((other) => other !== id)
  changeTable({ shown: show ? [...others, id] : others })
}

/** Moves a column to the place of another, which makes room for it. */
export function moveColumn(id: ColumnId, to: ColumnId): void {
  const { order } = store.get()
  const place = order.indexOf(to)
  if (id === 'name' || to === 'name' || place === -1) return
  changeTable({ order: order.filter((other) => other !== id).toSpliced(place, 0, id) })
}

/** Gives a column a width in px, within reason; null for its own. */
export function sizeColumn(id: ColumnId, px: number | null): void {
  const { [id]: _, ...others } = store.get().widths
  if (px === null) changeTable({ widths: others })
  else changeTable({ widths: { ...others, [id]: Math.round(Math.min(WIDEST, Math.max(NARROWEST, px))) } })
}

/** The setting as it is now. */
export const tableSetting = store.get

let made: { order: unknown; shown: unknown; all: readonly Column[]; one: readonly Column[] } | null = null

// A width that changes is no other column: rows need not be drawn anew for it.
function columnsOf({ order, shown }: TableSetting, everyGroup: boolean): readonly Column[] {
  if (made?.order !== order || made.shown !== shown) {
    const all = order.filter((id) => shown.includes(id)).map((id) => columns[id])
    made = { order, shown, all, one: all.filter(({ id }) => id !== 'group') }
  }
  return everyGroup ? made.all : made.one
}

// What a later version has added stands after what stood before it then.
function withMissing(order: readonly ColumnId[]): ColumnId[] {
  const all = [...new Set(order)]
  COLUMN_IDS.forEach((id, place) => {
    if (all.includes(id)) return
    const before = COLUMN_IDS[place - 1]
    all.splice(before === undefined ? 0 : all.indexOf(before) + 1, 0, id)
  })
  return all
}

function idsOf(value: unknown): ColumnId[] {
  return Array.isArray(value) ? value.filter(isColumnId) : []
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}
