/**
 * The canonical form of a complete IPv4, IPv6 or MAC address, or null for any other text. Equal addresses have equal forms, however they are
 * written: IPv6 long or short, in brackets, with a zone or prefix length; MAC with `:`, `-` or `.`; letters in either case.
 */
export function canonicalAddress(text: string): string | null {
  const lower = text.toLowerCase()
  // Most texts are words. An address has a digit or a colon, and nothing but these characters.
  if (!/^[\d[:a-f][\d:a-f.\-[\]]*(?:%[^\s\]]+)?\]?(?:\/\d{1,3})?$/.test(lower)) return null
  const bare = lower.replace(/\/\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  return canonicalIpv4(bare) ?? canonicalMac(bare) ?? canonicalIpv6(bare.replace(/%.*$/, ''))
}

/** True if one of these addresses, separated by spaces, has this canonical form. */
export function hasAddress(addresses: string, canonical: string): boolean {
  for (let from = 0; from < addresses.length;) {
    const space = addresses.indexOf(' ', from)
    const to = space === -1 ? addresses.length : space
    const each = addresses.slice(from, to)
    if (mayBe(each, canonical) && canonicalAddress(each) === canonical) return true
    from = to + 1
  }
  return false
}

const COLON = 58
const BRACKET = 93
/** The bit that digits and small letters have. */
const LOWER_CASE = 32

/** False for most of the addresses that are another one: taking all of ten thousand apart would need 20 ms. */
function mayBe(address: string, canonical: string): boolean {
  const dot = address.indexOf('.')
  const isIpv4 = dot > 0 && dot < 4 && !address.includes(':')
  if (isIpv4 === canonical.includes(':')) return false
  // The last digit decides, unless the address ends in zeros that are left out, or in an IPv4 address.
  const last = address.charCodeAt(address.length - 1)
  if (last === COLON || last === BRACKET || (dot !== -1 && !isIpv4)) return true
  return (last | LOWER_CASE) === canonical.charCodeAt(canonical.length - 1)
}

function canonicalIpv4(text: string): string | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return null
  return parts.map(Number).join('.')
}

function canonicalMac(text: string): string | null {
  if (/^[\da-f]{1,2}(?:([:-])[\da-f]{1,2})(?:\1[\da-f]{1,2}){4}$/.test(text))
    return text
      .split(/[:-]/)
      .map((octet) => octet.padStart(2, '0'))
      .join(':')
  return /^(?:[\da-f]{4}\.){2}[\da-f]{4}$/.test(text) ? inPairs(text) : null
}

function canonicalIpv6(text: string): string | null {
  if (!text.includes(':')) return null
  // The last 32 bits may be written as an IPv4 address.
  const [, begin = '', dotted] = /^(.*:)([\d.]+)$/.exec(text) ?? []
  const ipv4 = dotted?.includes('.') ? canonicalIpv4(dotted)?.split('.').map(Number) : undefined
  if (dotted?.includes('.') && ipv4 === undefined) return null
  const [a = 0, b = 0, c = 0, d = 0] = ipv4 ?? []
  const hex = ipv4 ? `${begin}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}` : text
  const [head = '', tail, ...more] = hex.split('::')
  if (more.length > 0) return null
  const before = groupsOf(head)
  const after = tail === undefined ? [] : groupsOf(tail)
  if (before === null || after === null) return null
  const missing = 8 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 1) return null
  return [...before, ...Array<string>(missing).fill('0'), ...after].join(':')
}

function groupsOf(text: string): string[] | null {
  if (text === '') return []
  const groups = text.split(':')
  if (!groups.every((group) => /^[\da-f]{1,4}$/.test(group))) return null
  return groups.map((group) => group.replace(/^0+(?=.)/, ''))
}

/**
 * The beginning or middle of a MAC address as BigV writes it, with colons; null for any other text. With dashes, three octets are needed:
 * "db-1" is more likely a name.
 */
export function partialMac(text: string): string | null {
  const lower = text.toLowerCase()
  if (/^(?:[\da-f]{2}-){2,5}[\da-f]{0,2}$/.test(lower)) return lower.replaceAll('-', ':')
  if (/^[\da-f]{4}\.[\da-f]{4}(?:\.[\da-f]{0,4})?$/.test(lower)) return inPairs(lower)
  return /^[\da-f:]*:[\da-f:]*$/.test(lower) ? lower : null
}

/** "feff.0000" as "fe:ff:00:00". */
function inPairs(dotted: string): string {
  return (dotted.replaceAll('.', '').match(/..?/g) ?? []).join(':')
}
