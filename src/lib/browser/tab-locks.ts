/** The part of `LockManager` that is used: exclusive locks by name, in the order of the requests. */
export interface Locks {
  /**
   * Calls `hold` once the lock is free, and holds the lock until the returned promise settles. With `ifAvailable`, calls `hold` with null
   * instead of waiting. `signal` ends the wait, but not the hold.
   */
  request: (
    name: string,
    options: { ifAvailable?: boolean; signal?: AbortSignal },
    hold: (lock: object | null) => Promise<void>,
  ) => Promise<void>
}

/** Locks within one tab, in place of `navigator.locks`, which cover all tabs of an origin. */
export function createTabLocks(): Locks {
  /** For each lock, its holder, followed by those that wait for it. */
  const queues = new Map<string, (() => void)[]>()
  return {
    async request(name, { ifAvailable = false, signal }, hold) {
      const queue = queues.get(name) ?? []
      queues.set(name, queue)
      signal?.throwIfAborted()
      if (ifAvailable && queue.length > 0) return await hold(null)
      await turnIn(queue, signal)
      try {
        return await hold({})
      } finally {
        queue.shift()
        queue[0]?.()
      }
    },
  }
}

function turnIn(queue: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const grant = () => resolve()
    queue.push(grant)
    if (queue[0] === grant) grant()
    signal?.addEventListener('abort', () => {
      const place = queue.indexOf(grant)
      if (place <= 0) return
      queue.splice(place, 1)
      reject(signal.reason)
    })
  })
}
