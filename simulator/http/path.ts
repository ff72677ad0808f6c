/** A request target, in parts: `path` and `query` as received, undecoded. */
export type Target = { path: string; query: string }

/** Parts a request target as it came over the wire; one in absolute form loses its scheme and host. */
export const targetOf = (url: string): Target => {
  const [, target = '/'] = /^https?:\/\/[^/?#]*(.*)$/i.exec(url) ?? ['', url]
  const mark = target.indexOf('?')
  return mark < 0
    ? { path: target || '/', query: '' }
    : { path: target.slice(0, mark) || '/', query: target.slice(mark + 1) }
}

/** Returns a path part decoded; a "+" is a space [client], and what is no percent-encoding stands for itself. */
export const decodedPart = (part: string): string => {
  const spaced = part.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

/**
 * Returns a path in one spelling: each part decoded and encoded anew, no slash at the end. Unlike a URL parser it leaves
 * `.` and `..` alone, so that they are names that nothing has.
 */
export const normalPath = (path: string): string => {
  const parts = path.split('/').map((part) => encodeURIComponent(decodedPart(part).toWellFormed()))
  if (parts.length > 2 && parts.at(-1) === '') parts.pop()
  return parts.join('/')
}
