import { shellQuote } from '../lib/text.ts'
import type { Expectations } from './observation.ts'
import type { Target } from './requests.ts'

/** The words of a command of the official client; null for an unknown word. */
export type CommandWords = readonly (string | null)[]

/** The data of an operation that its command is built from. Names that the client would split differently are null. */
export interface SentCommand {
  server: string | null
  /** For an action on a group: its name and account. */
  group: string | null
  /** The other machine, for an action on two. */
  other: string | null
  /** The disc's id from the path, which the client accepts as its label. */
  disc: string | null
  body: Readonly<Record<string, unknown>>
  expected: Expectations
  target: Target
}

interface Recorded {
  target: Target
  also?: Target
  steps?: readonly { path: string; body: unknown }[]
  expects?: Expectations | null
}

/** The official client's command for a sent operation, or null (docs/bigv-api.md#13-traffic-of-the-official-client). */
export function commandLine(
  cli: ((sent: SentCommand) => CommandWords | null) | null,
  { target, also, steps = [], expects }: Recorded,
): string | null {
  const { path = '', body } = steps.at(-1) ?? {}
  const words = cli?.({
    server: serverName(target),
    group: dotted([target.name, target.account]),
    other: also ? serverName(also) : null,
    disc: /\/discs\/(\d+)/.exec(path)?.[1] ?? null,
    body: typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {},
    expected: expects ?? {},
    target,
  })
  if (!words) return null
  const known = words.filter((word) => word !== null)
  return known.length < words.length ? null : ['bytemark', ...known].map(shellQuote).join(' ')
}

/** A command on one machine, by the machine's name: `onServer('stop server')`. */
export const onServer =
  (command: string) =>
  ({ server }: SentCommand): CommandWords => [...command.split(' '), server]

/**
 * The client splits server, group and account at dots, so a name with a dot has no command. Nor has a name of digits: the client or BigV
 * would take it for an id, and the command would reach another machine (docs/bigv-api.md#names-and-ids-in-paths).
 */
export function dotted(parts: readonly string[]): string | null {
  return parts.every((part) => /^[^.-][^.]*$/.test(part) && !looksLikeId(part)) ? parts.join('.') : null
}

/** A user's name, as a word of a command; null if BigV would take it for an id. */
export function nameWord(name: unknown): string | null {
  const text = word(name)
  return text === null || looksLikeId(text) ? null : text
}

// The client reads numbers with Go's Atoi, which accepts a sign.
function looksLikeId(name: string): boolean {
  return /^[+-]?\d+$/.test(name)
}

/** A value from a request body, as a word of a command. */
export function word(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

function serverName({ name, group, account }: Target): string | null {
  return dotted([name, group, account])
}
