import { useEffect, useState } from 'react'
import { afterFrames } from '../../../lib/browser/when-idle.ts'
import { useWindowPlace } from '../../../ui/window-place.ts'
import { rowsInSight, stepOf } from './rows-in-sight.ts'

const FRAMES_UNTIL_SHOWN = 2

/**
 * Which rows are to be on the page, as the window is scrolled: `first` to before `end`. Drawn anew only when the window has
 * been scrolled by some rows, and then at once, so that nothing empty is seen.
 * @param height of a row, px; all have the same
 * @param top of the first row, px from the page's top
 */
export function useRowsInSight(count: number, height: number, top: number): { first: number; end: number } {
  const step = useWindowPlace(({ scrolled }) => stepOf(scrolled - top, height))
  const windowHeight = useWindowPlace((place) => place.height)
  // Nobody waits for the rows below the window.
  const [justSeen, setJustSeen] = useState(true)
  useEffect(() => {
    void afterFrames(document.documentElement, FRAMES_UNTIL_SHOWN).then(() => setJustSeen(false))
  }, [])
  return rowsInSight({ count, height, step, windowHeight, justSeen })
}
