const SHOWN = 3

/** Takes names and returns the first of them: "web1, web2, web3 and 4 more". */
export function beginning(names: readonly string[]): string {
  const more = names.length - SHOWN
  return names.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
