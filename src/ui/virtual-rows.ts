import { useLayoutEffect, useRef, useState, type UIEvent } from 'react'
import { MOST_PRINTED, usePrinting } from '../lib/browser/printing.ts'
import { createStore } from '../lib/store.ts'

interface Position {
  scrolled: number
  height: number
}

const position = createStore<Position | null>(null)

/**
 * The window's scroll position and height, as of its last scroll or resize event. Reading `scrollY` at each change of a store would force
 * a layout: 8 % more main-thread time until the first row.
 */
export function windowPosition(): Position {
  if (position.get() === null) {
    addEventListener('scroll', measure, { passive: true })
    addEventListener('resize', measure)
  }
  return position.get() ?? measure()
}

function measure(): Position {
  const now = { scrolled: scrollY, height: innerHeight }
  position.set(now)
  return now
}

/** Selects a number from the window's position. The component re-renders only when that number changes. */
export function useWindowPosition(select: (position: Position) => number): number {
  return position.use(() => select(windowPosition()))
}

// Renders only the rows near the view. @tanstack/react-virtual would add 10.2 kB gzipped, and would re-render the list for each row that is
// scrolled past.

/** The number of extra rows on either side of the view. */
const OVERSCAN = 6

/** The positions of a list's rows, in px from its top. */
interface Layout {
  count: number
  height: number
  topOf: (index: number) => number
  /** The index of the row at this position; beyond the end of the list, an index without a row. */
  indexAt: (px: number) => number
}

/** The rows to render, from `first` up to but without `end`. */
export interface VisibleRows {
  first: number
  end: number
}

export function evenLayout(count: number, height: number): Layout {
  return {
    count,
    height: count * height,
    topOf: (index) => Math.min(index, count) * height,
    indexAt: (px) => Math.floor(px / height),
  }
}

export function measuredLayout(heights: readonly number[]): Layout {
  const tops = [0]
  for (const height of heights) tops.push(tops[tops.length - 1]! + height)
  const topOf = (index: number) => tops[Math.min(index, heights.length)]!
  return {
    count: heights.length,
    height: topOf(heights.length),
    topOf,
    indexAt: (px) => {
      let [low, high] = [0, heights.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (topOf(middle + 1) > px) high = middle
        else low = middle + 1
      }
      return low
    },
  }
}

/** The row at the top of the view; `scrolled` is in px. */
export function topRowAt(layout: Layout, scrolled: number): number {
  return layout.indexAt(Math.max(0, scrolled))
}

/** The rows to render in a view of this height in px. `only` leaves out the extra rows, for a quick first render of an unscrolled list. */
export function visibleRows(layout: Layout, topRow: number, viewHeight: number, only = false): VisibleRows {
  const { count, height, topOf, indexAt } = layout
  if (only && topRow === 0) return { first: 0, end: Math.min(count, indexAt(viewHeight - 1) + 1) }
  const at = Math.min(topRow, indexAt(Math.max(0, height - viewHeight)))
  const end = indexAt(topOf(at + 1) + viewHeight) + 1
  return { first: Math.max(0, at - OVERSCAN), end: Math.min(count, end + OVERSCAN) }
}

/**
 * The rows to render if their heights differ. Rows count as `usualHeight` until they are measured. An element's `data-key` is its row's
 * key.
 */
export function useMeasuredRows(keys: readonly number[], usualHeight: number) {
  const [heights, setHeights] = useState<ReadonlyMap<number, number>>(new Map())
  const [topRow, setTopRow] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)
  // The scrolled element is never higher than the window, so the window's height can be used.
  const viewHeight = useWindowPosition((position) => position.height)
  const layout = measuredLayout(keys.map((key) => heights.get(key) ?? usualHeight))
  const isPrinting = usePrinting()
  const latest = useRef({ keys, layout })
  useLayoutEffect(() => {
    latest.current = { keys, layout }
  })

  const [measure] = useState(() => {
    const note = (row: HTMLElement, height: number) => {
      const key = Number(row.dataset['key'])
      const { keys, layout } = latest.current
      const index = keys.indexOf(key)
      const element = scroller.current
      // Keep the view in place when a row above it turns out to be higher.
      if (element && index !== -1 && layout.topOf(index) < element.scrollTop)
        element.scrollTop += height - (layout.topOf(index + 1) - layout.topOf(index))
      setHeights((known) => (known.get(key) === height ? known : new Map(known).set(key, height)))
    }
    let observer: ResizeObserver | undefined
    return (row: HTMLElement | null) => {
      if (row === null) return undefined
      observer ??= new ResizeObserver((entries) => {
        for (const { target } of entries) note(target as HTMLElement, target.getBoundingClientRect().height)
      })
      observer.observe(row)
      note(row, row.getBoundingClientRect().height)
      return () => observer?.unobserve(row)
    }
  })

  return {
    scroller,
    measure,
    height: layout.height,
    topOf: layout.topOf,
    ...(isPrinting
      ? { first: 0, end: Math.min(keys.length, MOST_PRINTED) }
      : visibleRows(layout, topRow, viewHeight)),
    onScroll: ({ currentTarget }: UIEvent<HTMLElement>) =>
      setTopRow(topRowAt(layout, currentTarget.scrollTop)),
  }
}
