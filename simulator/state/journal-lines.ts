import { crc32 } from 'node:zlib'
import type { Change, Key } from './table.ts'

/** A change as it stands in a file: table, key, and the record put; null when it was removed. */
export type WrittenChange = [table: string, key: Key, record: object | null]

/** One line: changes that were made together, at that time of the simulator's clock; or the numbers given out so far. */
export type Entry = { at: number; changes: WrittenChange[]; lastIds?: Record<string, number> }

/** The first line of every state file. */
export const header = 'BigV simulator state, version 1\n'

/** A state file that cannot be used; it is left as it is. */
export class StateError extends Error {}

/** Returns a change as it is written. */
export const written = ({ table, key, after }: Change): WrittenChange => [table, key, after ?? null]

/** Returns an entry's line: a checksum, and JSON. */
export const lineOf = (entry: Entry): string => {
  const json = JSON.stringify(entry)
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`
}

const parsedLine = (line: string): Entry | null => {
  const json = line.slice(9)
  if (crc32(json).toString(16).padStart(8, '0') !== line.slice(0, 8)) return null
  return JSON.parse(json) as Entry
}

/**
 * Returns the entries in a state file's text, and how many characters of it are whole lines: a line without an end is the
 * change during which the simulator was killed, and is left out. Throws a StateError when anything else is amiss.
 */
export const readLines = (file: string, text: string): { entries: Entry[]; whole: number } => {
  if (!text.startsWith(header)) throw new StateError(`${file} is not a state file of the BigV simulator`)
  const whole = text.lastIndexOf('\n') + 1
  const lines = text.slice(header.length, whole).split('\n').slice(0, -1)
  const entries = lines.map((line, index) => {
    const entry = parsedLine(line)
    if (entry) return entry
    throw new StateError(
      `${file} is damaged: line ${index + 2} is not as it was written. It was left as it is.`,
    )
  })
  return { entries, whole }
}
