import type { FieldErrors } from './errors.ts'

/**
 * Takes the text of an error's body and returns BigV's messages by attribute, and its plain words. BigV answers 400
 * with {attribute: [messages]}, with {attribute: "message"}, with `discs` as a list of such hashes, or with plain text
 * (API reference, "Status codes and error bodies"). HTML is nobody's words and gives neither.
 */
export function readErrorBody(body: string): { fields: FieldErrors; text: string | undefined } {
  const parsed = parseHash(body)
  if (parsed === null) return { fields: {}, text: plainText(body) }
  // A map, because an object has names of its own already ("constructor"), and somebody else chose these.
  const messages = new Map<string, string[]>()
  collect(parsed, [], messages)
  const text = [...messages]
    .flatMap(([name, said]) => said.map((message) => sentence(name, message)))
    .join(' ')
  return { fields: Object.fromEntries(messages), text: text === '' ? undefined : text }
}

const LONGEST_TEXT = 500
/** Longer ones are no complaints of BigV's: they are cut as a text is, and not taken apart. */
const LONGEST_HASH = 10_000
/** How deep messages are looked for; BigV's lie three deep at most (discs, the disc, its attribute). */
const DEEPEST = 8

function plainText(body: string): string | undefined {
  const text = body.trim()
  if (text === '' || text.startsWith('<')) return undefined
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text
}

function parseHash(body: string): object | null {
  if (body.length > LONGEST_HASH) return null
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function collect(value: unknown, path: readonly string[], into: Map<string, string[]>): void {
  if (typeof value === 'string') {
    const name = path.join('.')
    into.set(name, [...(into.get(name) ?? []), value])
  } else if (typeof value === 'object' && value !== null && path.length < DEEPEST) {
    const messages = Array.isArray(value)
    for (const [key, entry] of Object.entries(value)) {
      collect(entry, messages && typeof entry === 'string' ? path : [...path, key], into)
    }
  }
}

// Rails puts messages without an attribute under `base`, and our proxy its own under `reason`.
const WHOLE = new Set(['base', 'reason', 'error', 'message', 'errors', ''])

function sentence(name: string, message: string): string {
  // BigV counts discs from 0, people from 1.
  const spoken = name.replace(/^discs\.(\d+)\.?/, (_, place: string) => `disc ${Number(place) + 1}: `)
  const text = WHOLE.has(name) ? message : `${spoken} ${message}`
  return /[.!?]$/.test(text) ? text : `${text}.`
}
