/** Keys that BigV's definitions have no name for, as one would look for them, with their places on a US keyboard. */
const UNNAMED = new Map(
  Object.entries({
    grave_accent: 'the key left of 1 (grave on a US keyboard)',
    bracket_left: 'the key right of P (left bracket on a US keyboard)',
    bracket_right: 'the second key right of P (right bracket on a US keyboard)',
    semicolon: 'the key right of L (semicolon on a US keyboard)',
    apostrophe: 'the second key right of L (apostrophe on a US keyboard)',
    backslash: 'the key beside Enter (backslash on a US keyboard)',
    meta: 'the Windows or Command key',
    pause: 'the Pause key',
  }),
)

/** Takes a key's name, of the definitions or not, and returns what a sentence calls it. */
export function keyPhrase(name: string): string {
  return UNNAMED.get(name) ?? `the key ${name}`
}
