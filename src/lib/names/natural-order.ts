let collator: Intl.Collator | undefined

/**
 * Compares two names as a person would sort them: web2 before web10, case aside. Returns a negative number, zero or a
 * positive one; never zero for different strings, so that a sort by it is the same every time.
 */
export function compareNatural(a: string, b: string): number {
  // Made when it is first needed: that takes some ms.
  collator ??= new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}
