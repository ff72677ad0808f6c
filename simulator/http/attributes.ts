import { badValues, messages } from '../rules/refusals.ts'

// How the attributes of a body are read: docs/bigv-api.md#3-status-codes-and-error-bodies

/** A bad value of a known attribute. */
class Invalid {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** Reads one attribute of a body: its value, or what is wrong with it. */
export type Reader<T> = (value: unknown) => T | Invalid
type Readers = Record<string, Reader<unknown>>
type Values<A extends Readers> = { [K in keyof A]?: Exclude<ReturnType<A[K]>, Invalid> }
export type Body = Record<string, unknown>

/** Whether a parsed JSON value is a hash. */
export const isHash = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads a boolean; numbers and texts are not taken for one. */
export const flag: Reader<boolean> = (value) =>
  typeof value === 'boolean' ? value : new Invalid(messages.unlisted)

/** A reader of integers within bounds, in the attribute's own unit. */
export const integer =
  (bounds: { min: number; max: number }): Reader<number> =>
  (value) => {
    if (typeof value !== 'number') return new Invalid(messages.notNumber)
    if (!Number.isSafeInteger(value)) return new Invalid(messages.notInteger)
    if (value < bounds.min) return new Invalid(messages.atLeast(bounds.min))
    if (value > bounds.max) return new Invalid(messages.atMost(bounds.max))
    return value
  }

/** A reader of texts that are not blank, not longer than `max` and, if given, as `pattern` has them. */
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

/** Reads any text; null and absent are the empty one. */
export const anyText: Reader<string> = (value) => {
  if (value === null) return ''
  return typeof value === 'string' ? value : new Invalid(messages.invalid)
}

/** Reads the number of a record. */
export const id: Reader<number> = (value) => integer({ min: 1, max: Number.MAX_SAFE_INTEGER })(value)

/** A reader of words of a list. */
export const oneOf =
  <T extends string>(list: readonly T[]): Reader<T> =>
  (value) =>
    list.find((word) => word === value) ?? new Invalid(messages.unlisted)

/** A reader that takes null and "" for none, and leaves the rest to `attribute`. */
export const orNone =
  <T>(attribute: Reader<T>): Reader<T | null> =>
  (value) =>
    value === null || value === '' ? null : attribute(value)

/** A reader that further wants `test` to hold, else answers with `message`. */
export const refine =
  <T>(attribute: Reader<T>, test: (value: T) => boolean, message: string = messages.invalid): Reader<T> =>
  (value) => {
    const read = attribute(value)
    return read instanceof Invalid || test(read) ? read : new Invalid(message)
  }

/**
 * Reads the known attributes of a body; the others are dropped silently. `required` ones are read even when they
 * are absent. Returns the values, and the messages of what is wrong: none when `errors` is empty.
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

/** Reads as `readAttributes` does, and throws a 400 when anything is wrong. */
export const attributesOf = <A extends Readers>(
  body: Body,
  attributes: A,
  required: readonly (keyof A)[] = [],
): Values<A> => {
  const { values, errors } = readAttributes(body, attributes, required)
  if (Object.keys(errors).length > 0) throw badValues(errors)
  return values
}
