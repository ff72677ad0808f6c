import * as z from 'zod/mini'

// Before the first schema: zod would otherwise try `new Function`, which the Content-Security-Policy reports.
z.config({ jitless: true })

export { z }

/** Checks a value that came from elsewhere, and gives it its type. */
export type Schema<T> = z.ZodMiniType<T>

/** A list of which those entries are taken that are as the schema says. */
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
