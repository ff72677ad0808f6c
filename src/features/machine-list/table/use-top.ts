import { useLayoutEffect, useState, type RefObject } from 'react'
import { windowPosition } from '../../../ui/window-position.ts'

/** How far down the page the element begins, in px. What stands above it may come and go: each changes the page's height. */
export function useTop(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = () => setTop(Math.round((element.current?.getBoundingClientRect().top ?? 0) + scrollY))
    // At the page's top the first rows are those in sight wherever they begin: they need not wait for a layout, the observer measures.
    if (windowPosition().scrolled > 0) measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [element])
  return top
}
