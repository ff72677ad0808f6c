import { fingerprint } from './fingerprint.ts'

type Pieces = readonly Uint8Array[]
/** The body that an answer was parsed from, until there is time to take its fingerprint, which is all that is kept. */
type Origin = { body: Pieces } | { print: string }

// The text of ten thousand machines takes more memory than they do. An answer that is forgotten takes its own with it.
const origins = new WeakMap<object, { now: Origin }>()
// By then the page has drawn what it was waiting for.
const LATER_MS = 1_000

/** Notes the body that an answer was parsed from. */
export function noteBody(answer: object, body: Pieces): void {
  const origin = { now: { body } }
  origins.set(answer, origin)
  setTimeout(() => printOf(origin), LATER_MS)
}

/** Notes that an answer says what another one said, and has its origin. */
export function noteSame(answer: object, other: object): void {
  const origin = origins.get(other)
  if (origin !== undefined) origins.set(answer, origin)
}

/** Whether an answer, if there is one, was parsed from such a body. */
export function isFrom(answer: object | undefined, body: Pieces): answer is object {
  const origin = answer && origins.get(answer)
  return origin !== undefined && printOf(origin) === fingerprint(body)
}

function printOf(origin: { now: Origin }): string {
  if ('body' in origin.now) origin.now = { print: fingerprint(origin.now.body) }
  return origin.now.print
}
