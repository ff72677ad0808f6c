/** Why a name cannot be a machine's, or null. Digits only would be an id (docs/bigv-api.md#names-and-ids-in-paths). */
export function machineNameProblem(name: string): string | null {
  if (name === '') return 'Enter a name.'
  if (name !== name.trim()) return 'A name can’t start or end with a space.'
  if (/^\d+$/.test(name)) return 'A name can’t be digits only: BigV would take it for an ID.'
  if (name === '.' || name === '..') return 'A name can’t be . or ..'
  if (hasControlCharacter(name)) return 'A name can’t contain control characters.'
  if (name.includes('/')) return 'A name can’t contain a slash.'
  return null
}

/** Whether the text has a character of the C0 or C1 controls or a delete. */
export function hasControlCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.charCodeAt(0)
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true
  }
  return false
}

/** Why a typed text cannot be a group's name, or null. It stands in paths as a machine's does, so the same is forbidden. */
export function groupNameProblem(name: string, others: readonly string[]): string | null {
  if (name === '') return 'Enter a name.'
  if (others.includes(name)) return 'A group with this name exists.'
  return machineNameProblem(name)
}

/** Whether a path that says `called` means this account, group or machine: BigV takes names and ids (docs/bigv-api.md#names-and-ids-in-paths). */
export function isCalled({ id, name }: { id: number; name: string }, called: string): boolean {
  return name === called || String(id) === called
}

let collator: Intl.Collator | undefined

/** Compares names as a person would sort them: web2 before web10, case aside. Never 0 for different names, so that a sort is stable. */
export function compareNatural(a: string, b: string): number {
  // Made when it is first needed: that takes some ms.
  collator ??= new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}
