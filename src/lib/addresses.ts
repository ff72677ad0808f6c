/** Whether the text is an IPv4 address in dotted form. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}

/** Whether the text is an IPv6 address, without brackets, prefix length or zone. */
export function isIpv6(text: string): boolean {
  return /^[\da-f:.]+$/i.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`)
}

/** Takes an address and returns what it is sorted by: an IPv4 its value as a number, any other itself. */
export function addressSortKey(address: string): number | string {
  if (!isIpv4(address)) return address
  return address.split('.').reduce((value, part) => value * 256 + Number(part), 0)
}
