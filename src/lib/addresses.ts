export function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}

/** True for an IPv6 address without brackets, prefix length or zone. */
export function isIpv6(text: string): boolean {
  return /^[\da-f:.]+$/i.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`)
}

/** The sort key of an address: an IPv4 address's numeric value; any other text itself. */
export function addressSortKey(address: string): number | string {
  if (!isIpv4(address)) return address
  return address.split('.').reduce((value, part) => value * 256 + Number(part), 0)
}

/** The problem of a list of addresses and networks (`192.0.2.0/24`), or null. BigV checks IPv6 addresses more strictly. */
export function ipRestrictionsProblem(text: string): string | null {
  const wrong = text.split(/[\s,]+/).find((part) => part !== '' && !isNetwork(part))
  return wrong === undefined ? null : `“${wrong}” is neither an address nor a network such as 192.0.2.0/24.`
}

function isNetwork(part: string): boolean {
  const [address = '', prefix, ...more] = part.split('/')
  const bits = isIpv4(address) ? 32 : /^[\da-f]*:[\da-f:.]*$/i.test(address) ? 128 : -1
  if (bits === -1 || more.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits)
}
