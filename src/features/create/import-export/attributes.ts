import { z } from '../../../api/schema.ts'
import { mibToGib } from '../../../lib/units.ts'

/** An attribute ("discs.0.size") that was ignored or changed during the import, and the reason as a sentence. */
export interface Ignored {
  field: string
  reason: string
}

/** Maps an attribute of BigV to a field of the form. */
interface Attribute<F extends string, V> {
  field: F
  schema: z.ZodMiniType<V>
  /** Changes a valid value. If a `reason` is returned, the change is reported. */
  adjust?: (value: V) => { value: V; reason?: string }
  /** Why the attribute is never imported; undefined if it can be. */
  alwaysIgnored?: string
}

/** BigV's attributes by name, and the fields of T that they fill. */
export type Attributes<T> = Readonly<
  Record<string, { [F in keyof T & string]: Attribute<F, T[F]> }[keyof T & string]>
>

/** Names by which hostile JSON could change an object's prototype. They are ignored silently. */
export const PROTOTYPE_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

export const hash = z.record(z.string(), z.unknown())

// oxlint-disable-next-line no-control-regex -- scripts and keys need tabs and line ends, but no other control characters
const NO_CONTROLS = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/

export const attribute = <F extends string, V>(field: F, schema: z.ZodMiniType<V>): Attribute<F, V> => ({
  field,
  schema,
})

export const text = (most: number): z.ZodMiniType<string> =>
  z.string().check(z.maxLength(most), z.regex(NO_CONTROLS))

/** Turns null, BigV's value for none, into an empty text. */
const orNull = (schema: z.ZodMiniType<string>): z.ZodMiniType<string> =>
  z.pipe(
    z.transform((value: unknown): unknown => value ?? ''),
    schema,
  )

export const textOrNull = (most: number): z.ZodMiniType<string> => orNull(text(most))

/** Accepts one of these names, or null. If `names` is undefined, accepts any text. */
export const oneOf = (names: readonly string[] | undefined): z.ZodMiniType<string> =>
  names === undefined ? textOrNull(255) : orNull(z.enum(['', ...names]))

export const flag: z.ZodMiniType<boolean> = z.boolean()

/** Converts a whole number to text. */
export const number: z.ZodMiniType<string> = z.pipe(
  z.int().check(z.minimum(0)),
  z.transform((value: number) => String(value)),
)

/** Converts MiB to text in GiB, which mibIn converts back exactly. */
export const mib: z.ZodMiniType<string> = z.pipe(
  z.int().check(z.minimum(0)),
  z.transform((value: number) => String(mibToGib(value))),
)

/** Imports one part of a bundle. Adds invalid and unknown attributes to `ignored`. */
export function importAttributes<T>(
  part: string,
  input: unknown,
  attributes: Attributes<T>,
  ignored: Ignored[],
): Partial<T> {
  const values: Partial<T> = {}
  if (input === undefined || input === null) return values
  const parsed = hash.safeParse(input)
  if (!parsed.success) {
    ignored.push({ field: part, reason: 'Must be an object: {"…": …}.' })
    return values
  }
  for (const [name, value] of Object.entries(parsed.data)) {
    if (PROTOTYPE_NAMES.has(name)) continue
    const known = Object.hasOwn(attributes, name) ? attributes[name] : undefined
    const reason =
      known === undefined
        ? 'The wizard doesn’t support this attribute.'
        : importOne(value, known as Attribute<keyof T & string, T[keyof T & string]>, values)
    if (reason !== undefined) ignored.push({ field: `${part}.${name}`, reason })
  }
  return values
}

/** Sets the attribute's field. Returns the reason if the value was ignored or changed. */
function importOne<T>(
  value: unknown,
  { field, schema, adjust, alwaysIgnored }: Attribute<keyof T & string, T[keyof T & string]>,
  values: Partial<T>,
): string | undefined {
  if (alwaysIgnored !== undefined) return alwaysIgnored
  const parsed = schema.safeParse(value)
  if (!parsed.success) return reasonFor(value, parsed.error.issues[0])
  const adjusted = adjust?.(parsed.data) ?? { value: parsed.data }
  values[field] = adjusted.value
  return adjusted.reason
}

const SHOWN = 40

function reasonFor(value: unknown, issue: { code?: string | undefined } | undefined): string {
  const printable = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  const shown = printable ? ` ${JSON.stringify(value).slice(0, SHOWN)}` : ''
  if (issue?.code === 'invalid_value') return `BigV doesn’t offer${shown || ' this value'}.`
  if (issue?.code === 'too_big') return 'Too long.'
  return `Invalid value${shown && `:${shown}`}.`
}
