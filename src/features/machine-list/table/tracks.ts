import type { CSSProperties } from 'react'
import type { Column, ColumnId } from './columns.ts'

/** The box to select by, before the columns; the menu, after them. */
const BOX_REM = 2.75
const MENU = 'var(--row-actions,2.5rem)'

/**
 * Takes the columns of a table and the widths in px that the user has given some, and returns the tracks of its grid, and how wide it
 * is at least, as CSS variables: rows follow them without being drawn anew.
 */
export function tracks(
  columns: readonly Column[],
  widths: Readonly<Partial<Record<ColumnId, number>>>,
): CSSProperties {
  // A row whose columns all have their widths still ends where the table does.
  const rest = columns.every(({ id }) => widths[id] !== undefined) ? ['minmax(0,1fr)'] : []
  const middle = columns.map(({ id, rem, share }) => {
    const px = widths[id]
    return px === undefined ? `minmax(${rem}rem,${share}fr)` : `${px}px`
  })
  const least = columns.map(({ id, rem }) => (widths[id] === undefined ? `${rem}rem` : `${widths[id]}px`))
  return {
    '--tracks': [`${BOX_REM}rem`, ...middle, ...rest, MENU].join(' '),
    '--least': `calc(${[`${BOX_REM}rem`, ...least, MENU].join(' + ')})`,
  } as CSSProperties
}
