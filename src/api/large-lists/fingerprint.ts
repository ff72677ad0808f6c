// Seeds of this page's own: nobody can name machines so that two answers look alike to it.
const [SEED = 0, OTHER_SEED = 0] = crypto.getRandomValues(new Uint32Array(2))

/**
 * Takes a text's bytes in the pieces in which they came (how they are cut makes no difference) and returns its fingerprint, which
 * is good for as long as the page is there. Two texts with the same one are the same but for a chance of one in 2⁶⁴.
 */
export function fingerprint(pieces: readonly Uint8Array[]): string {
  let length = 0
  let one = SEED | 0
  let two = OTHER_SEED | 0
  for (const piece of pieces) {
    length += piece.length
    for (let at = 0; at < piece.length; at++) {
      // The multipliers of MurmurHash3: odd, and they spread every bit.
      one = Math.imul(one ^ piece[at]!, 0x85ebca6b)
      one ^= one >>> 13
      two = Math.imul(two ^ piece[at]!, 0xc2b2ae35)
      two ^= two >>> 16
    }
  }
  return `${length}:${one}:${two}`
}
