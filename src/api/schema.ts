import * as z from 'zod/mini'

// Before the first schema: zod would otherwise try `new Function`, which the Content-Security-Policy reports.
z.config({ jitless: true })

export { z }

/** What a schema of ours must be able to do: check an answer, and say what is wrong with it. */
export type Schema<T> = z.ZodMiniType<T>

/** An answer that nobody looks at: most writes (any 2xx will do). */
export const anything: Schema<unknown> = z.unknown()

/** Takes what zod found wrong and returns it in words: `"power_on" is missing or has another form`. */
export function schemaProblems(
  issues: readonly { path: readonly PropertyKey[]; code?: string | undefined }[],
): string {
  const names = issues.map(({ path }) => (path.length === 0 ? 'the whole' : `“${path.join('.')}”`))
  const few = [...new Set(names)].slice(0, 5).join(', ')
  return `${few} ${names.length === 1 ? 'is' : 'are'} missing or of another form`
}
