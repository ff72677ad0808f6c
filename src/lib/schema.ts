import * as z from 'zod/mini'

// Before the first schema: zod would otherwise try `new Function`, which the Content-Security-Policy reports.
z.config({ jitless: true })

// A schema takes a kilobyte or so for each of its parts. Those that few visits need, of stored records above all, are in `z.lazy`, which
// builds them at their first use: 0.2 of 4.9 MB of heap with 50 machines.
export { z }

/** The schema of a value from outside. */
export type Schema<T> = z.ZodMiniType<T>

/** A list without the entries that do not match the schema. */
export function validEntries<T>(entry: Schema<T>): Schema<T[]> {
  return z.pipe(
    z.array(z.unknown()),
    z.transform((list) =>
      list.flatMap((each) => {
        const { success, data } = entry.safeParse(each)
        return success ? [data] : []
      }),
    ),
  )
}
