import { z } from '../../../api/schema.ts'
import { mibToGib } from '../../../lib/units.ts'

/** What was not taken of what came from elsewhere, and why. */
export interface NotTaken {
  field: string
  why: string
}

/** How one of BigV's attributes becomes a field of the form. */
interface Attribute<F extends string, V> {
  field: F
  schema: z.ZodMiniType<V>
  /** What else is to be done with it, and said. */
  also?: (value: V) => { value: V; why?: string }
  /** Why it is not taken whatever it is. */
  never?: string
}

/** BigV's attributes by name, and the fields that they fill. */
export type Attributes<T> = Readonly<
  Record<string, { [F in keyof T & string]: Attribute<F, T[F]> }[keyof T & string]>
>

/** Names with which hostile JSON reaches for the prototype: ignored without a word. */
export const PROTOTYPE: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

const isHash = z.record(z.string(), z.unknown())
// oxlint-disable-next-line no-control-regex -- tabs and ends of lines stand in scripts and keys; other controls nowhere
const NO_CONTROLS = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/
const readable = (most: number) => z.string().check(z.maxLength(most), z.regex(NO_CONTROLS))

/** A field and the form of its attribute. */
export const attribute = <F extends string, V>(field: F, schema: z.ZodMiniType<V>): Attribute<F, V> => ({
  field,
  schema,
})

/** A text of at most so many characters. */
export const text = (most: number): z.ZodMiniType<string> => readable(most)

/** The same, where null says that there is none. */
export const textOrNull = (most: number): z.ZodMiniType<string> =>
  z.pipe(
    z.transform((value: unknown): unknown => value ?? ''),
    readable(most),
  )

/** true or false. */
export const flag: z.ZodMiniType<boolean> = z.boolean()

/** A whole number, as it is typed. */
export const number: z.ZodMiniType<string> = z.pipe(
  z.int().check(z.minimum(0)),
  z.transform((value: number) => String(value)),
)

/** MiB, as GiB that are typed: made MiB again, they are the same. */
export const mib: z.ZodMiniType<string> = z.pipe(
  z.int().check(z.minimum(0)),
  z.transform((value: number) => String(mibToGib(value))),
)

/** One of these names, or none; any text while the names are not known. */
export const oneOf = (names: readonly string[] | undefined): z.ZodMiniType<string> =>
  names === undefined
    ? textOrNull(255)
    : z.pipe(
        z.transform((value: unknown): unknown => value ?? ''),
        z.enum(['', ...names]),
      )

/**
 * Takes the name of a part, what stands there, and the attributes that it may have, and returns the fields that they fill.
 * What is not taken goes to the list. Reads own properties by known names only.
 */
export function readAll<T>(
  part: string,
  input: unknown,
  attributes: Attributes<T>,
  notTaken: NotTaken[],
): Partial<T> {
  const values: Partial<T> = {}
  if (input === undefined || input === null) return values
  const hash = isHash.safeParse(input)
  if (!hash.success) {
    notTaken.push({ field: part, why: 'It is not of the form {"…": …}.' })
    return values
  }
  for (const [name, value] of Object.entries(hash.data)) {
    if (PROTOTYPE.has(name)) continue
    const field = `${part}.${name}`
    const known = Object.hasOwn(attributes, name) ? attributes[name] : undefined
    if (known === undefined) notTaken.push({ field, why: 'The wizard knows no such attribute.' })
    else if (known.never !== undefined) notTaken.push({ field, why: known.never })
    else readOne(field, value, known as Attribute<keyof T & string, T[keyof T & string]>, values, notTaken)
  }
  return values
}

function readOne<T>(
  field: string,
  value: unknown,
  known: Attribute<keyof T & string, T[keyof T & string]>,
  values: Partial<T>,
  notTaken: NotTaken[],
): void {
  const read = known.schema.safeParse(value)
  if (!read.success) {
    notTaken.push({ field, why: wrong(value, read.error.issues[0]) })
    return
  }
  const { value: kept, why } = known.also?.(read.data) ?? { value: read.data }
  values[known.field] = kept
  if (why !== undefined) notTaken.push({ field, why })
}

const SHOWN = 40

function wrong(value: unknown, issue: { code?: string | undefined } | undefined): string {
  const said = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  const shown = said ? ` ${JSON.stringify(value).slice(0, SHOWN)}` : ''
  if (issue?.code === 'invalid_value') return `BigV does not offer${shown || ' that'}.`
  if (issue?.code === 'too_big') return 'It is too long.'
  return `It cannot be${shown || ' that'}.`
}
