import type { z } from '../../lib/schema.ts'

/** The rows of an answer, which are checked in small batches because there may be ten thousand. */
export interface Rows<T> {
  schema: z.ZodMiniObject
  of: (data: T) => readonly unknown[]
  /** The rows' path in the answer, for error messages. */
  path: readonly string[]
}

// Half a frame. After this many ms of checking, the browser gets a turn, so that the page stays responsive. Without these turns, the longest
// task while 10,000 machines load takes 260 ms instead of 100.
const TASK_MS = 8

/** Checks the rows of an answer, up to the first bad row. Returns that row's issues, or an empty list if all rows are good. */
export async function checkRows<T>({ schema, of, path }: Rows<T>, data: T, signal: AbortSignal | undefined) {
  const isSimple = simpleCheck(schema)
  let since = 0
  for (const [index, row] of of(data).entries()) {
    if (performance.now() - since > TASK_MS) {
      await yieldToBrowser()
      signal?.throwIfAborted()
      since = performance.now()
    }
    if (isSimple(row)) continue
    const result = schema.safeParse(row)
    if (!result.success)
      return result.error.issues.map((issue) => ({ path: [...path, index, ...issue.path] }))
  }
  return []
}

type Field = readonly [name: string, type: string, mayBeMissing: boolean]

/**
 * A quick check of plain fields. False only means that zod has to check the row. Checking every row with zod would add 9 % to the main
 * thread's work until 10,000 rows are shown.
 */
export function simpleCheck(schema: z.ZodMiniObject): (value: unknown) => boolean {
  const fields = Object.entries(schema._zod.def.shape).map(([name, field]) => fieldOf(name, field))
  return (value) => {
    if (typeof value !== 'object' || value === null) return false
    for (const [name, type, mayBeMissing] of fields) {
      const found: unknown = value[name as never]
      if (found === undefined || found === null) {
        if (!mayBeMissing) return false
        // JSON.parse turns 1e999 into Infinity, which zod doesn't accept as a number.
      } else if (typeof found !== type || found === Infinity || found === -Infinity) return false
    }
    return true
  }
}

interface Def {
  type: string
  innerType?: { _zod: { def: Def } }
  checks?: unknown[]
}

function fieldOf(name: string, { _zod: { def } }: { _zod: { def: Def } }): Field {
  const inner = def.type === 'optional' ? def.innerType?._zod.def : undefined
  const mayBeMissing = inner?.type === 'nullable'
  const { type, checks } = (mayBeMissing && inner.innerType?._zod.def) || def
  // No value has the type “checked”, so that zod checks fields with further rules.
  return [name, checks?.length ? 'checked' : type, mayBeMissing]
}

interface Scheduler {
  yield?: () => Promise<void>
}

/** Lets the browser handle pending events, such as a key press, before long work continues. */
export function yieldToBrowser(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: Scheduler }
  if (scheduler?.yield) return scheduler.yield()
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(null)
  })
}
