import { useSyncExternalStore, type CSSProperties } from 'react'
import type { Density } from './table-setting.ts'

const wide = matchMedia('(min-width: 48rem)')
const coarse = matchMedia('(pointer: coarse)')

/** Heights in px: of a row of the table, for a mouse or for a finger, and of a card. */
const HEIGHTS: Record<Density, { row: number; touched: number; card: number }> = {
  normal: { row: 38, touched: 46, card: 60 },
  compact: { row: 30, touched: 42, card: 52 },
}
const PAGE_BAR_PX = 48
const HEADER_PX = 35

/** How high each row is, in px, and how much stands over the rows while one scrolls. All rows are as high, whatever they show. */
export function useRowPx(density: Density): { height: number; covered: number } {
  const isWide = useSyncExternalStore(subscribe, () => wide.matches)
  const isCoarse = useSyncExternalStore(subscribe, () => coarse.matches)
  const { row, touched, card } = HEIGHTS[density]
  return {
    height: isWide ? (isCoarse ? touched : row) : card,
    covered: PAGE_BAR_PX + (isWide ? HEADER_PX : 0),
  }
}

/** The CSS variable by which rows have their height. */
export function rowPx(height: number): CSSProperties {
  return { '--row': `${height}px` } as CSSProperties
}

function subscribe(listener: () => void): () => void {
  wide.addEventListener('change', listener)
  coarse.addEventListener('change', listener)
  return () => {
    wide.removeEventListener('change', listener)
    coarse.removeEventListener('change', listener)
  }
}
