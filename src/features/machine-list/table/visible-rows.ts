import { useEffect, useLayoutEffect, useState, type RefObject } from 'react'
import { afterFrames } from '../../../lib/browser/when-idle.ts'
import { createStore } from '../../../lib/store.ts'
import {
  evenLayout,
  topRowAt,
  useWindowPosition,
  visibleRows,
  windowPosition,
} from '../../../ui/virtual-rows.ts'
import type { Density } from './column-settings.ts'

/** Heights in px: of a row of the table, for a mouse or for a finger, and of a card. */
const HEIGHTS: Record<Density, { row: number; touched: number; card: number }> = {
  normal: { row: 38, touched: 46, card: 60 },
  compact: { row: 30, touched: 42, card: 52 },
}
const PAGE_BAR_PX = 48
const HEADER_PX = 35
/** Room for the selection bar, below a row that the keys have reached. */
const SELECTION_BAR_PX = 72
const FRAMES_UNTIL_SHOWN = 2

const wide = mediaStore('(min-width: 48rem)')
const coarse = mediaStore('(pointer: coarse)')

/**
 * The rows of the table to render, `first` to before `end`, and where the window stands among them. Re-renders only when the window has
 * been scrolled by a row, and then at once, so that no empty place is seen. All rows have the same height.
 */
export function useVisibleRows(count: number, density: Density, body: RefObject<HTMLElement | null>) {
  const { height, covered } = useRowHeight(density)
  const top = useTop(body)
  const layout = evenLayout(count, height)
  const topRow = useWindowPosition(({ scrolled }) => topRowAt(layout, scrolled - top))
  const windowHeight = useWindowPosition((position) => position.height)
  // Nobody waits for the rows below the window: rendering these first gains 6 % of the first row's time (1,000 machines), 14 % with 10,000.
  const [isFirstRender, setFirstRender] = useState(true)
  useEffect(() => {
    void afterFrames(document.documentElement, FRAMES_UNTIL_SHOWN).then(() => setFirstRender(false))
  }, [])
  return {
    ...visibleRows(layout, topRow, windowHeight, isFirstRender),
    height,
    page: Math.max(1, Math.floor((windowPosition().height - covered) / height) - 2),
    /** The indices of the first row that is whole in the window, and of the one after the last. */
    firstInWindow: () => Math.max(0, Math.ceil((scrollY + covered - top) / height)),
    endOfWindow: () => Math.max(1, Math.floor((scrollY + innerHeight - top) / height)),
    /** Scrolls as little as brings the row into the window. */
    reveal: (index: number) => {
      const rowTop = top + index * height
      const highest = rowTop - covered
      const lowest = rowTop + height + SELECTION_BAR_PX - innerHeight
      if (scrollY > highest) scrollTo({ top: highest, behavior: 'instant' })
      else if (scrollY < lowest) scrollTo({ top: lowest, behavior: 'instant' })
    },
  }
}

/** The height of each row, and how much the page's bar and the header cover of the rows, px. */
function useRowHeight(density: Density): { height: number; covered: number } {
  const isWide = wide.use()
  const isCoarse = coarse.use()
  const { row, touched, card } = HEIGHTS[density]
  return {
    height: isWide ? (isCoarse ? touched : row) : card,
    covered: PAGE_BAR_PX + (isWide ? HEADER_PX : 0),
  }
}

function mediaStore(query: string) {
  const media = matchMedia(query)
  const store = createStore(media.matches)
  media.addEventListener('change', () => store.set(media.matches))
  return store
}

/** How far down the page the element begins, px. What stands above it comes and goes, and each time changes the page's height. */
function useTop(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () => setTop(Math.round((element.current?.getBoundingClientRect().top ?? 0) + scrollY))
    // Unscrolled, the first rows are the visible ones wherever they begin: they need not wait for a layout, the observer measures.
    if (windowPosition().scrolled > 0) measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [element])
  return top
}
