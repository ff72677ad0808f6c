/**
 * What is to be done, item by item. The runner has no record of its own: what is queued, running, paused or stopped is in the record
 * of bulk.ts, create-several.ts or key-presses.ts, which may outlast a reload. So they stop it by having nothing queued: at the first
 * failure, when the user says so, while nobody is signed in.
 */
export interface Work<Item> {
  /** The items that wait for their turn, in order; none while nothing may begin. */
  queued: () => Iterable<Item>
  /** How many more may begin now. One, where `begin` lasts until its item has ended. */
  free: () => number
  /** From one turn to the next, in ms, at least; then each turn is one item's. */
  everyMs?: number
  /** Begins these items. Resolves as soon as the next turn may come. */
  begin: (items: readonly Item[]) => Promise<void>
  /** Nothing more can begin for now: all is done, or it is paused or stopped, or as many are running as may. */
  onIdle: () => void
}

interface Loop {
  /** When the next turn may come, in ms since 1970. */
  nextAt: number
  /** Something has changed since it was last looked for items. */
  again: boolean
  /** Ends its pause. */
  wake: () => void
}

const loops = new Map<string, Loop>()

/**
 * Begins whatever may begin, in turns, until nothing may; then calls `onIdle` and resolves. Call it after each change that may let
 * something begin: while it is at work under this key, another call only has it look again.
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

/** Has it look at once whether anything may begin, or whether it was stopped, though the pause between two turns is not over. */
export function wake(key: string): void {
  const loop = loops.get(key)
  if (loop === undefined) return
  loop.again = true
  loop.wake()
}

/** The items whose turn it is: those that wait longest, as many as may begin. */
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
    // After a slow answer the pace goes on from there, rather than catch up in a burst.
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
