/** The most characters of a machine's name (docs/bigv-api.md#attributes). */
export const LONGEST_NAME = 63

/**
 * The problem of a machine's new name, or null. A new name has to suit as part of a host name. Machines that already exist may have other
 * names: only ask about a name that someone chooses now.
 */
export function machineNameProblem(name: string): string | null {
  if (name === '') return 'Enter a name.'
  if (!/^[a-z\d-]*$/i.test(name)) return 'Use only letters (a to z), digits and dashes.'
  if (/^-|-$/.test(name)) return 'A name can’t start or end with a dash.'
  if (name.length > LONGEST_NAME)
    return `Too long by ${name.length - LONGEST_NAME}. At most ${LONGEST_NAME} characters.`
  // BigV treats a name of digits as an id (docs/bigv-api.md#names-and-ids-in-paths).
  if (isId(name)) return 'A name can’t be digits only: BigV would take it for an ID.'
  return null
}

/** True if the text contains a C0 or C1 control character or a delete. */
export function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.charCodeAt(0)
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true
  }
  return false
}

/** The problem of a group's new name, or null. A group's name appears in paths, as a segment of its own. */
export function groupNameProblem(name: string, others: readonly string[]): string | null {
  if (name === '') return 'Enter a name.'
  if (others.includes(name)) return 'A group with this name already exists.'
  if (name !== name.trim()) return 'A name can’t start or end with a space.'
  if (isId(name)) return 'A name can’t be digits only: BigV would take it for an ID.'
  if (name === '.' || name === '..') return 'A name can’t be . or ..'
  if (hasControlCharacter(name)) return 'A name can’t contain control characters.'
  if (name.includes('/')) return 'A name can’t contain a slash.'
  return null
}

/** True if this segment of a path may be an id: digits only (docs/bigv-api.md#names-and-ids-in-paths). */
export function isId(segment: string): boolean {
  return /^\d+$/.test(segment)
}

/**
 * How links and requests name an account or group: by its name, but by its id if the name is digits only. BigV takes such a segment for an
 * id, so it could mean another group (docs/bigv-api.md#names-and-ids-in-paths).
 */
export function segmentOf({ id, name }: { id: number; name: string }): string {
  return isId(name) ? String(id) : name
}

/** The object that a segment of a path means: the one with this id; only if there is none, the one with this name. */
export function findCalled<Named extends { id: number; name: string }>(
  list: readonly Named[] | undefined,
  segment: string,
): Named | undefined {
  return list?.find(({ id }) => String(id) === segment) ?? list?.find(({ name }) => name === segment)
}

let collator: Intl.Collator | undefined

/** Compares names in natural order, ignoring case: web2 before web10. Never 0 for different names, so that the order is always the same. */
export function compareNatural(a: string, b: string): number {
  // Created on first use, because creating a collator takes several ms.
  collator ??= new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}
