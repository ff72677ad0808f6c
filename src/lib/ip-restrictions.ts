import { isIpv4 } from './addresses.ts'

/**
 * Takes addresses and networks (`192.0.2.0/24`), parted by commas or spaces, and returns what is wrong with them, or null. An IPv6
 * address is looked at for its characters alone: BigV has the last word.
 */
export function ipRestrictionsProblem(text: string): string | null {
  const wrong = text.split(/[\s,]+/).find((part) => part !== '' && !isNetwork(part))
  return wrong === undefined ? null : `“${wrong}” is no address, and no network such as 192.0.2.0/24.`
}

function isNetwork(part: string): boolean {
  const [address = '', prefix, ...more] = part.split('/')
  const bits = isIpv4(address) ? 32 : /^[\da-f]*:[\da-f:.]*$/i.test(address) ? 128 : -1
  if (bits === -1 || more.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits)
}
