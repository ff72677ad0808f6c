/**
 * Items to begin in turns. The runner stores no state: bulk.ts, create-several.ts and key-presses.ts know the queue, and stop the runner by
 * emptying it (after a failure, when the user stops it, while nobody is signed in).
 */
export interface Work<Item> {
  /** The waiting items, in order; none while nothing may begin. */
  queued: () => Iterable<Item>
  /** How many more may begin now; 1 if `begin` lasts until its item has ended. */
  free: () => number
  /** The least time between turns, in ms; each turn then has one item. */
  everyMs?: number
  /** Begins these items. Resolves as soon as the next turn may come. */
  begin: (items: readonly Item[]) => Promise<void>
  /** Called when nothing more can begin for now. */
  onIdle: () => void
}

interface Loop {
  /** The earliest time of the next turn, in ms since 1970. */
  nextAt: number
  /** True if something has changed since items were last looked up. */
  again: boolean
  /** Ends its pause. */
  wake: () => void
}

const loops = new Map<string, Loop>()

/**
 * Begins whatever may begin, in turns, then calls `onIdle` and resolves. Call it after each change that may let something begin: while a
 * loop runs under this key, another call only wakes it.
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

/** Ends the pause between two turns, so that the loop checks at once what may begin. */
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
    if (Date.now() < loop.nextAt) {
      await pause(loop)
      continue
    }
    // After a slow answer, no burst to catch up.
    loop.nextAt = Math.max(loop.nextAt + everyMs, Date.now())
    await work.begin(items)
  }
}

function pause(loop: Loop): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, loop.nextAt - Date.now())
    loop.wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}
