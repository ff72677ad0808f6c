import { persisted } from '../../../lib/persisted.ts'
import { z } from '../../../lib/schema.ts'
import { createStore } from '../../../lib/store.ts'
import { COLUMN_IDS, columns, isColumnId, SHOWN_BY_DEFAULT, type Column, type ColumnId } from './columns.ts'

/** The user's settings for all tables of machines. The name column is always first and visible. */
export interface TableSetting {
  order: readonly ColumnId[]
  shown: readonly ColumnId[]
  /** Widths set by the user, in px; other columns are automatic. */
  widths: Readonly<Partial<Record<ColumnId, number>>>
  density: Density
}

export type Density = 'normal' | 'compact'

export const MIN_WIDTH_PX = 48
export const MAX_WIDTH_PX = 1_000
export const DEFAULTS: TableSetting = {
  order: COLUMN_IDS,
  shown: SHOWN_BY_DEFAULT,
  widths: {},
  density: 'normal',
}

const store = persisted(createStore(DEFAULTS), {
  key: 'bigv.table',
  where: 'browser',
  schema: z.transform(parseSetting),
})

/** Parses the stored setting, which may be anything. */
export function parseSetting(stored: unknown): TableSetting {
  const { order, shown, widths, density } = recordOf(stored)
  const known = ['name', ...idsOf(order).filter((id) => id !== 'name')] satisfies ColumnId[]
  return {
    order: Array.isArray(order) ? withMissing(known) : DEFAULTS.order,
    shown: Array.isArray(shown) ? [...new Set<ColumnId>(['name', ...idsOf(shown)])] : DEFAULTS.shown,
    widths: Object.fromEntries(
      Object.entries(recordOf(widths)).filter(
        ([id, px]) => isColumnId(id) && typeof px === 'number' && px >= MIN_WIDTH_PX && px <= MAX_WIDTH_PX,
      ),
    ),
    density: density === 'compact' ? 'compact' : 'normal',
  }
}

/** The columns of a list, in their order; a new array only when they change. */
export function useColumns(everyGroup: boolean): readonly Column[] {
  return store.use((setting) => columnsOf(setting, everyGroup))
}

export const useTableSetting = store.use

export function changeTable(change: Partial<TableSetting>): void {
  store.set((setting) => ({ ...setting, ...change }))
}

export function showColumn(id: ColumnId, show: boolean): void {
  const others = store.get().shown.filter((other) => other !== id)
  changeTable({ shown: show ? [...others, id] : others })
}

/** Moves a column to the place of another, and shifts the columns between the two. */
export function moveColumn(id: ColumnId, to: ColumnId): void {
  const { order } = store.get()
  const index = order.indexOf(to)
  if (id === 'name' || to === 'name' || index === -1) return
  changeTable({ order: order.filter((other) => other !== id).toSpliced(index, 0, id) })
}

/** Sets a column's width in px, between MIN_WIDTH_PX and MAX_WIDTH_PX; null for automatic. */
export function resizeColumn(id: ColumnId, px: number | null): void {
  const { [id]: _, ...others } = store.get().widths
  if (px === null) changeTable({ widths: others })
  else
    changeTable({
      widths: { ...others, [id]: Math.round(Math.min(MAX_WIDTH_PX, Math.max(MIN_WIDTH_PX, px))) },
    })
}

export const tableSetting = store.get

let cached: { order: unknown; shown: unknown; all: readonly Column[]; one: readonly Column[] } | null = null

// The cache leaves out the widths, as rows need not re-render when a width changes.
function columnsOf({ order, shown }: TableSetting, everyGroup: boolean): readonly Column[] {
  if (cached?.order !== order || cached.shown !== shown) {
    const all = order.filter((id) => shown.includes(id)).map((id) => columns[id])
    cached = { order, shown, all, one: all.filter(({ id }) => id !== 'group') }
  }
  return everyGroup ? cached.all : cached.one
}

// A column added by a later version goes after its predecessor in the default order.
function withMissing(order: readonly ColumnId[]): ColumnId[] {
  const all = [...new Set(order)]
  COLUMN_IDS.forEach((id, index) => {
    if (all.includes(id)) return
    const before = COLUMN_IDS[index - 1]
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
