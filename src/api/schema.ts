import { z, type Schema } from '../lib/schema.ts'

export { z, type Schema }

/** BigV leaves attributes out, or sends null, where it has nothing. */
export const maybe = <T>(schema: Schema<T>) => z.optional(z.nullable(schema))

/** For an answer that nobody looks at, as of most writes. */
export const anything: Schema<unknown> = z.unknown()

/**
 * A list whose rows all match the schema, each returned as it came. It stops at the first row that doesn't: zod's own list collects
 * what is wrong with each, which takes many seconds for some MB of something else.
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

/** The problems that zod found, in words: "“power_on” is missing or has the wrong type". */
export function schemaProblems(
  issues: readonly { path: readonly PropertyKey[]; code?: string | undefined }[],
): string {
  // A name may be BigV's own, and as long as it likes.
  const all = issues.map(({ path }) => (path.length === 0 ? 'the whole answer' : `“${cut(path.join('.'))}”`))
  const names = [...new Set(all)]
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  const [is, has] = names.length === 1 ? ['is', 'has'] : ['are', 'have']
  return `${names.slice(0, MOST_NAMES).join(', ')}${more} ${is} missing or ${has} the wrong type`
}

function cut(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name
}
