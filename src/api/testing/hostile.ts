import * as fc from 'fast-check'
import { anyText } from '../../lib/testing/any-text.ts'

const TEXTS = [
  '',
  ' ',
  '__proto__',
  'constructor',
  '..',
  '<img src=x onerror="document.title=1">',
  '"><script>document.title=1</script>',
  '{{constructor}}${1}',
  'javascript:alert(1)',
  'data:text/html,<script>1</script>',
  '\u202Eexe.txt\u2066\u2069',
  '\u0000\u0007\u001B[31m\u0085\u2028\uFEFF',
  '\uD800',
  '=HYPERLINK("x")',
  '9999-12-31T23:59:59.999Z',
  '-271821-04-20T00:00:00Z',
  '٣',
  'Z\u0341'.repeat(40),
  'x'.repeat(10_000),
]
const NUMBERS = [
  -1,
  0,
  -0,
  0.5,
  2 ** 31,
  -(2 ** 53),
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  5e-324,
  8_640_000_000_000_001,
]

/** Texts that an attacker might use, and arbitrary texts. */
export const hostileText = (): fc.Arbitrary<string> =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...TEXTS) }, anyText({ maxLength: 40 }))

const hostileNumber = () =>
  fc.oneof(fc.constantFrom(...NUMBERS), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))

/** Any JSON value. */
export const hostileValue = (): fc.Arbitrary<unknown> =>
  fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom(null, true, false),
      hostileText(),
      hostileNumber(),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(
        fc.oneof(fc.constantFrom('__proto__', 'constructor', 'id', 'name', 'groups'), fc.string()),
        tie('any'),
        {
          maxKeys: 4,
        },
      ),
    ),
  })).any

/** A good answer with some values replaced, mostly by values of the same type, so that schemas accept them. */
export function mutated(good: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({
    where: fc.nat(),
    text: hostileText(),
    number: hostileNumber(),
    value: hostileValue(),
    how: fc.constantFrom('kind', 'kind', 'kind', 'kind', 'kind', 'null', 'gone', 'value', 'more'),
  })
  return fc.array(change, { minLength: 1, maxLength: 12 }).map((changes) => {
    const root = { answer: structuredClone(good) }
    for (const { where, text, number, value, how } of changes) {
      const places = placesIn(root)
      const place = places[where % places.length]
      if (place === undefined) continue
      const [parent, key] = place
      const now = parent[key]
      if (how === 'gone') Reflect.deleteProperty(parent, key)
      else if (how === 'more') put(parent, '__proto__', value)
      else if (how === 'null') put(parent, key, null)
      else if (how === 'value') put(parent, key, value)
      else if (typeof now === 'string') put(parent, key, text)
      else if (typeof now === 'number') put(parent, key, number)
      else if (typeof now === 'boolean') put(parent, key, !now)
      else if (now === null) put(parent, key, text)
      else if (Array.isArray(now)) put(parent, key, now.concat(now))
      else put(now as object, text, number)
    }
    return root.answer
  })
}

function put(parent: object, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true })
}

/** The parent and key of every nested value. */
function placesIn(parent: object): [Record<string, unknown>, string][] {
  const places: [Record<string, unknown>, string][] = []
  for (const [key, value] of Object.entries(parent)) {
    places.push([parent as Record<string, unknown>, key])
    if (typeof value === 'object' && value !== null) places.push(...placesIn(value as object))
  }
  return places
}
