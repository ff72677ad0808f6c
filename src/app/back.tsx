import { useEffect } from 'react'
import { NavigationType, useBlocker, type BlockerFunction } from 'react-router'
import { leaveAttempt, leaveGuard } from '../components/page/leave-guard.ts'
import { topLayer } from '../ui/layers.ts'

/**
 * Lets the browser's Back close the topmost menu, drawer or dialog instead of leaving the page, and asks the page's guard before any other
 * way of leaving it. The router asks only one blocker, so this is the only one.
 */
export function BackClosesLayers() {
  const blocker = useBlocker(blocks)
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    const close = layerToClose
    layerToClose = undefined
    if (close === undefined) {
      const stay = () => {
        leaveAttempt.set(null)
        blocker.reset()
      }
      const leave = () => {
        leaveAttempt.set(null)
        blocker.proceed()
      }
      leaveAttempt.set({ stay, leave })
    } else {
      blocker.reset()
      close()
    }
  }, [blocker])
  return null
}

let layerToClose: (() => void) | undefined

const blocks: BlockerFunction = ({ currentLocation, nextLocation, historyAction }) => {
  layerToClose = historyAction === NavigationType.Pop ? topLayer() : undefined
  if (layerToClose !== undefined) return true
  // Steps and tabs of one page share its path: changing them isn't leaving.
  return nextLocation.pathname !== currentLocation.pathname && (leaveGuard.get()?.() ?? false)
}
