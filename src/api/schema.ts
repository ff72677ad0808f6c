import { z, type Schema } from '../lib/schema.ts'

export { z, type Schema }

/** BigV omits an attribute without a value, or sends null. */
export const maybe = <T>(schema: Schema<T>) => z.optional(z.nullable(schema))

/** For an answer whose body is ignored, as with most writes. */
export const anything: Schema<unknown> = z.unknown()

/**
 * A list whose rows must all match the schema. Rows are returned unchanged. The check stops at the first bad row: zod's own list collects
 * the issues of every row, which takes many seconds for a few MB of unexpected data.
 */
export function listOf<T>(row: Schema<T>): Schema<T[]> {
  return z.pipe(
    z.array(z.unknown()),
    z.transform((list, { issues }) => {
      for (const [index, input] of list.entries()) {
        const { error } = row.safeParse(input)
        for (const { path } of error?.issues ?? [])
          issues.push({ code: 'custom', path: [index, ...path], input })
        if (error) break
      }
      return list as T[]
    }),
  )
}

const MOST_NAMES = 5
const LONGEST_NAME = 120

/** Zod's issues in words: "“power_on” is missing or has the wrong type". */
export function schemaProblems(
  issues: readonly { path: readonly PropertyKey[]; code?: string | undefined }[],
): string {
  // A name may come from the answer and be of any length.
  const all = issues.map(({ path }) => (path.length === 0 ? 'the whole answer' : `“${cut(path.join('.'))}”`))
  const names = [...new Set(all)]
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  const [is, has] = names.length === 1 ? ['is', 'has'] : ['are', 'have']
  return `${names.slice(0, MOST_NAMES).join(', ')}${more} ${is} missing or ${has} the wrong type`
}

function cut(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name
}
