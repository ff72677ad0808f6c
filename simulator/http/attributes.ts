import { badValues, messages } from '../rules/refusals.ts'

// Reads and checks the attributes of a body: docs/bigv-api.md#3-status-codes-and-error-bodies

/** An invalid value of a known attribute. */
class Invalid {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** Checks an attribute of a body. Returns its value, or the error. */
export type Reader<T> = (value: unknown) => T | Invalid
type Readers = Record<string, Reader<unknown>>
type Values<A extends Readers> = { [K in keyof A]?: Exclude<ReturnType<A[K]>, Invalid> }
export type Body = Record<string, unknown>

/** True if a parsed JSON value is an object. */
export const isHash = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Accepts true and false, but not 1, 0, "true" or "false". */
export const flag: Reader<boolean> = (value) =>
  typeof value === 'boolean' ? value : new Invalid(messages.unlisted)

/** Accepts integers within bounds, in the attribute's own unit. */
export const integer =
  (bounds: { min: number; max: number }): Reader<number> =>
  (value) => {
    if (typeof value !== 'number') return new Invalid(messages.notNumber)
    if (!Number.isSafeInteger(value)) return new Invalid(messages.notInteger)
    if (value < bounds.min) return new Invalid(messages.atLeast(bounds.min))
    if (value > bounds.max) return new Invalid(messages.atMost(bounds.max))
    return value
  }

/** Accepts strings that are not blank, have `min` to `max` characters, and match `pattern`. */
export const text =
  (rules: { max?: number; min?: number; pattern?: RegExp } = {}): Reader<string> =>
  (value) => {
    if (value === null || value === undefined || value === '') return new Invalid(messages.blank)
    if (typeof value !== 'string') return new Invalid(messages.invalid)
    if (value.trim() === '') return new Invalid(messages.blank)
    if (rules.min && value.length < rules.min) return new Invalid(messages.tooShort(rules.min))
    if (rules.max && value.length > rules.max) return new Invalid(messages.tooLong(rules.max))
    if (rules.pattern && !rules.pattern.test(value)) return new Invalid(messages.invalid)
    return value
  }

/** Accepts any string, and null as the empty string. */
export const anyText: Reader<string> = (value) => {
  if (value === null) return ''
  return typeof value === 'string' ? value : new Invalid(messages.invalid)
}

/** Accepts the id of a record. */
export const id: Reader<number> = (value) => integer({ min: 1, max: Number.MAX_SAFE_INTEGER })(value)

/** Accepts the words of a list. */
export const oneOf =
  <T extends string>(list: readonly T[]): Reader<T> =>
  (value) =>
    list.find((word) => word === value) ?? new Invalid(messages.unlisted)

/** Accepts the values of `attribute`, and both null and "" as null. */
export const orNone =
  <T>(attribute: Reader<T>): Reader<T | null> =>
  (value) =>
    value === null || value === '' ? null : attribute(value)

/** Accepts the values of `attribute`, and also numbers written as strings. */
export const orDigits =
  <T>(attribute: Reader<T>): Reader<T> =>
  (value) =>
    attribute(typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value)

/** A body without its nulls, which mean "absent" when something is created: docs/bigv-api.md#creation */
export const withoutNulls = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))

/** Accepts the values of `attribute` that pass `test`; the error for all others is `message`. */
export const refine =
  <T>(attribute: Reader<T>, test: (value: T) => boolean, message: string = messages.invalid): Reader<T> =>
  (value) => {
    const read = attribute(value)
    return read instanceof Invalid || test(read) ? read : new Invalid(message)
  }

/**
 * Checks the known attributes of a body; unknown attributes are ignored silently. A missing `required` attribute is an
 * error. Returns the valid values, and the error messages by attribute.
 */
export const readAttributes = <A extends Readers>(
  body: Body,
  attributes: A,
  required: readonly (keyof A)[] = [],
): { values: Values<A>; errors: Record<string, string[]> } => {
  const values: Record<string, unknown> = {}
  const errors: Record<string, string[]> = {}
  for (const [name, attribute] of Object.entries(attributes)) {
    if (!Object.hasOwn(body, name) && !required.includes(name)) continue
    const value = body[name] === undefined ? new Invalid(messages.blank) : attribute(body[name])
    if (value instanceof Invalid) errors[name] = [value.message]
    else values[name] = value
  }
  return { values: values as Values<A>, errors }
}

/** The values of `readAttributes`. Throws a 400 if there are errors. */
export const attributesOf = <A extends Readers>(
  body: Body,
  attributes: A,
  required: readonly (keyof A)[] = [],
): Values<A> => {
  const { values, errors } = readAttributes(body, attributes, required)
  if (Object.keys(errors).length > 0) throw badValues(errors)
  return values
}

/** Accepts lists of objects with these attributes; one invalid object makes the list invalid. */
export const hashes =
  <A extends Readers>(attributes: A, required: readonly (keyof A)[]): Reader<Values<A>[]> =>
  (value) => {
    if (!Array.isArray(value)) return new Invalid(messages.invalid)
    const read = (value as unknown[]).map((each) =>
      readAttributes(isHash(each) ? each : {}, attributes, required),
    )
    const isBad = read.some(({ errors }) => Object.keys(errors).length > 0)
    return isBad ? new Invalid(messages.invalid) : read.map(({ values }) => values)
  }
