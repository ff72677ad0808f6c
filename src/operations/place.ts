import { findOperation, subscribeOperations, updateOperation } from './store.ts'
import { takePlace } from '../api/write-places.ts'

/**
 * All tabs together send at most four writes at a time (api/write-places.ts). An operation holds one of these four places from before its
 * machine is fetched until BigV has answered its write. While none is free for it, it is queued.
 */
export interface Place {
  /**
   * Takes a place, unless the operation has one. While none is free, the operation is queued. Resolves to `cancelled` if the operation has
   * left the queue without a place: it was cancelled, replaced, or dropped because its user signed out.
   */
  take: () => Promise<'at once' | 'waited' | 'cancelled'>
  /** Releases the place, if the operation has one. */
  release: () => void
}

/**
 * A place for an operation, which `take` waits for.
 * @param onQueued called each time the operation is queued
 */
export function placeFor(key: string, urgent: boolean, onQueued: () => void): Place {
  let release: (() => void) | null = null
  const isQueued = () => findOperation(key)?.phase === 'queued'

  async function waitForPlace(): Promise<'at once' | 'waited' | 'cancelled'> {
    const left = new AbortController()
    const stops: (() => void)[] = []
    const leaveIfCancelled = () => isQueued() || left.abort()
    try {
      release = await takePlace(urgent, left.signal, () => {
        updateOperation(key, { phase: 'queued', note: '' })
        stops.push(subscribeOperations(leaveIfCancelled))
        leaveIfCancelled()
        onQueued()
      })
    } catch (error) {
      if (left.signal.aborted) return 'cancelled'
      throw error
    } finally {
      for (const stop of stops) stop()
    }
    if (stops.length === 0) return 'at once'
    if (!isQueued()) {
      giveBack()
      return 'cancelled'
    }
    const again = (findOperation(key)?.steps.length ?? 0) > 0
    updateOperation(key, { phase: again ? 'sending' : 'checking' })
    return 'waited'
  }

  function giveBack(): void {
    release?.()
    release = null
  }

  return {
    take: async () => (release === null ? await waitForPlace() : 'at once'),
    release: giveBack,
  }
}
