import { mayLeaveFor } from '../../lib/browser/ask-before-closing.ts'

/**
 * Supplies the items to begin next, in turns: each call of `begin` is a turn. The runner has no queue: its callers (bulk.ts,
 * create-several.ts and key-presses.ts) each have one. A caller stops the runner by returning no items, for example after a failure, when
 * the user stops the work, or while no one is signed in.
 */
export interface Work<Item> {
  /** The waiting items, in order. Empty while nothing may begin. */
  queued: () => Iterable<Item>
  /** How many more items may begin now. 1 if `begin` only resolves after its item has ended. */
  free: () => number
  /** The least time between turns, in ms. If set, each turn has one item. */
  everyMs?: number
  /** Begins these items. Resolves once the next turn may begin. */
  begin: (items: readonly Item[]) => Promise<void>
  /** Called when nothing more can begin at the moment. */
  onIdle: () => void
}

interface Loop {
  /** The earliest time of the next turn, in ms since 1970. */
  nextAt: number
  /** True if something may have changed since the queue was last checked. */
  again: boolean
  /** Ends the loop's pause. */
  wake: () => void
}

const loops = new Map<string, Loop>()

/**
 * Begins the items that may begin, in turns, then calls `onIdle` and resolves. Call it after each change that may allow another item to
 * begin: if a loop is running under this key, the call only wakes that loop.
 */
export async function advance<Item>(key: string, work: Work<Item>): Promise<void> {
  if (loops.has(key)) {
    wake(key)
    return
  }
  const loop: Loop = { nextAt: Date.now(), again: false, wake: () => {} }
  loops.set(key, loop)
  try {
    do {
      loop.again = false
      await takeTurns(loop, work)
    } while (loop.again)
  } finally {
    loops.delete(key)
  }
  work.onIdle()
}

/** Ends the pause between two turns, so that the loop checks the queue at once. */
export function wake(key: string): void {
  const loop = loops.get(key)
  if (loop === undefined) return
  loop.again = true
  loop.wake()
}

/** The first queued items, as many as may begin. */
export function nextItems<Item>({ queued, free, everyMs = 0 }: Work<Item>): Item[] {
  const most = everyMs > 0 ? Math.min(free(), 1) : free()
  const next: Item[] = []
  if (most <= 0) return next
  for (const item of queued()) {
    next.push(item)
    if (next.length >= most) break
  }
  return next
}

async function takeTurns<Item>(loop: Loop, work: Work<Item>): Promise<void> {
  const { everyMs = 0 } = work
  for (;;) {
    const items = nextItems(work)
    if (items.length === 0) return
    const wait = Math.max(loop.nextAt - Date.now(), mayLeaveFor())
    if (wait > 0) {
      await pause(loop, wait)
      continue
    }
    // Turns missed during a slow answer aren't caught up in a burst.
    loop.nextAt = Math.max(loop.nextAt + everyMs, Date.now())
    await work.begin(items)
  }
}

function pause(loop: Loop, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    loop.wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}
