import { hasControlCharacter } from '../lib/names.ts'

type Query = Readonly<Record<string, string | number | boolean | undefined>>

/**
 * Builds a path of encoded segments. Throws a RangeError on an empty segment, control characters, lone surrogates, "." and "..": URL
 * parsers resolve dots even when encoded, so that deleting a machine would become deleting its group.
 */
export function apiPath(...segments: readonly (string | number)[]): string {
  return segments.map((segment) => `/${encoded(String(segment))}`).join('')
}

/** Adds a query; undefined parameters are omitted. */
export function withQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined)
  if (pairs.length === 0) return path
  return `${path}?${pairs.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join('&')}`
}

export function isValidSegment(name: string): boolean {
  const folded = name === '' || name === '.' || name === '..'
  return !folded && !hasControlCharacter(name) && name.isWellFormed()
}

function encoded(segment: string): string {
  if (!isValidSegment(segment)) throw new RangeError(`“${segment}” can’t be part of a BigV URL.`)
  return encodeURIComponent(segment)
}
