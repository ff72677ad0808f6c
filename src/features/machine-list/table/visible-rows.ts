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

/** Heights in rem of a table row, for a mouse or for touch, and of a card. In rem, so that a row is as high as the user's text. */
const HEIGHTS: Record<Density, { row: number; touched: number; card: number }> = {
  normal: { row: 2.375, touched: 2.875, card: 3.25 },
  compact: { row: 1.875, touched: 2.625, card: 3 },
}
const PAGE_BAR_REM = 3
const HEADER_REM = 2.1875
/** The space to leave for the selection bar below a row that was reached by keyboard. */
const SELECTION_BAR_REM = 4.5
const FRAMES_UNTIL_SHOWN = 2
/** The list begins at least this far below the top of the page. */
const LIST_TOP_PX = 160

const wide = mediaStore('(min-width: 48rem)')
const coarse = mediaStore('(pointer: coarse)')

/** True in a window too narrow for a table, where each machine is a card of two lines. */
export const useCards = (): boolean => !wide.use()

const rootFontPx = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16

/** The root font size in px. Users can change it while the page is open. */
const fontSize = createStore(rootFontPx())

/**
 * The rows to render, from `first` up to but excluding `end`, and where they are in the whole list. Re-renders only when the page has
 * scrolled by a row, and then at once, so that no gap shows. All rows have the same height. While the user is typing a search, an
 * unscrolled list has only the rows in the window, so that each key shows sooner.
 */
export function useVisibleRows(
  count: number,
  density: Density,
  body: RefObject<HTMLElement | null>,
  isTyping: boolean,
) {
  const { rem, coveredRem } = useRowHeight(density)
  const px = fontSize.use()
  const height = rem * px
  const covered = coveredRem * px
  const top = useTop(body)
  const layout = evenLayout(count, height)
  const topRow = useWindowPosition(({ scrolled }) => topRowAt(layout, scrolled - top))
  const windowHeight = useWindowPosition((position) => position.height)
  // The first render has only the rows in the window: the first row appears 6 % sooner with 1,000 machines, 14 % sooner with 10,000.
  const [isFirstRender, setFirstRender] = useState(true)
  useEffect(() => {
    void afterFrames(document.documentElement, FRAMES_UNTIL_SHOWN).then(() => setFirstRender(false))
  }, [])
  const topInWindow = () => Math.round(body.current?.getBoundingClientRect().top ?? 0)
  return {
    ...(isFirstRender || isTyping
      ? visibleRows(layout, topRow, windowHeight - LIST_TOP_PX, true)
      : visibleRows(layout, topRow, windowHeight)),
    /** True once the first rows are on screen. */
    isSettled: !isFirstRender,
    /** The height of each row, in rem. */
    rem,
    page: Math.max(1, Math.floor((windowPosition().height - covered) / height) - 2),
    /** The index of the first row wholly in the window. `top` may not be measured yet. */
    firstInWindow: () => Math.max(0, Math.ceil((covered - topInWindow()) / height)),
    /** Scrolls just enough to bring the row into the window. */
    reveal: (index: number) => {
      const rowTop = top + index * height
      const highest = rowTop - covered
      const lowest = rowTop + height + SELECTION_BAR_REM * px - innerHeight
      if (scrollY > highest) scrollTo({ top: highest, behavior: 'instant' })
      else if (scrollY < lowest) scrollTo({ top: lowest, behavior: 'instant' })
    },
  }
}

/** The height of each row, and the height of the page bar and table header, which cover rows at the top; both in rem. */
function useRowHeight(density: Density): { rem: number; coveredRem: number } {
  const isWide = wide.use()
  const isCoarse = coarse.use()
  const { row, touched, card } = HEIGHTS[density]
  return {
    rem: isWide ? (isCoarse ? touched : row) : card,
    coveredRem: PAGE_BAR_REM + (isWide ? HEADER_REM : 0),
  }
}

function mediaStore(query: string) {
  const media = matchMedia(query)
  const store = createStore(media.matches)
  media.addEventListener('change', () => store.set(media.matches))
  return store
}

/**
 * The element's distance from the top of the page, in px. Content above the element comes and goes. That also changes the height of the
 * body, which is observed.
 */
function useTop(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () => {
      setTop(Math.round((element.current?.getBoundingClientRect().top ?? 0) + scrollY))
      fontSize.set(rootFontPx())
    }
    // Until the user scrolls, the first rows are the visible ones. So the first render needn't wait for a layout: the observer measures
    // later.
    if (windowPosition().scrolled > 0) measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    // Its height is in rem, so a change of the root font size resizes it, also where the body stays as high as the window.
    if (element.current) observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return top
}
