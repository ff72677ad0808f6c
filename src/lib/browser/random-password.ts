// Characters that are not taken for one another in print (no 0 O o, no 1 l I) nor exchanged between the English and the
// German keyboard at a console (no y z); no punctuation but the dash that separates the groups.
const ALPHABET = '23456789abcdefghijkmnpqrstuvwxABCDEFGHJKLMNPQRSTUVWX'
const GROUPS = 5
const GROUP_LENGTH = 4

/** A random password in readable groups, "hK3p-…": 20 of 52 characters, 114 bits, without bias. */
export function randomPassword(): string {
  const characters = Array.from(
    { length: GROUPS * GROUP_LENGTH },
    () => ALPHABET[randomBelow(ALPHABET.length)],
  )
  const groups = Array.from({ length: GROUPS }, (_, i) =>
    characters.slice(i * GROUP_LENGTH, (i + 1) * GROUP_LENGTH).join(''),
  )
  return groups.join('-')
}

/** The strength of what randomPassword returns, in bits. */
export const RANDOM_PASSWORD_BITS = Math.floor(GROUPS * GROUP_LENGTH * Math.log2(ALPHABET.length))

function randomBelow(limit: number): number {
  const unbiased = 256 - (256 % limit)
  for (;;) {
    const [value = 0] = crypto.getRandomValues(new Uint8Array(1))
    if (value < unbiased) return value % limit
  }
}
