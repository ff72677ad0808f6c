import { hasControlCharacter } from '../lib/names.ts'

type Query = Readonly<Record<string, string | number | boolean | undefined>>

/**
 * A path of these segments, each encoded. Throws a RangeError on an empty segment, on "." and ".." (no encoding protects them: URL
 * parsers fold them, and a DELETE of a machine would become one of its group), on control characters and on halves of characters.
 */
export function apiPath(...segments: readonly (string | number)[]): string {
  return segments.map((segment) => `/${encoded(String(segment))}`).join('')
}

/** Leaves out parameters that are undefined. */
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
