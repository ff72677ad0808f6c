import type { CSSProperties } from 'react'
import { createStore } from '../../../lib/store.ts'
import type { Density } from './table-setting.ts'

const wide = mediaStore('(min-width: 48rem)')
const coarse = mediaStore('(pointer: coarse)')

/** Heights in px: of a row of the table, for a mouse or for a finger, and of a card. */
const HEIGHTS: Record<Density, { row: number; touched: number; card: number }> = {
  normal: { row: 38, touched: 46, card: 60 },
  compact: { row: 30, touched: 42, card: 52 },
}
const PAGE_BAR_PX = 48
const HEADER_PX = 35

/** How high each row is, in px, and how much stands over the rows while one scrolls. All rows are as high, whatever they show. */
export function useRowPx(density: Density): { height: number; covered: number } {
  const isWide = wide.use()
  const isCoarse = coarse.use()
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

/** Whether the window is as the media query says. */
function mediaStore(query: string) {
  const media = matchMedia(query)
  const store = createStore(media.matches)
  media.addEventListener('change', () => store.set(media.matches))
  return store
}
