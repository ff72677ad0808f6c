/** Whether the text is an IPv4 address in dotted form. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}

/** Whether the text is an IPv6 address, without brackets, prefix length or zone. */
export function isIpv6(text: string): boolean {
  return /^[\da-f:.]+$/i.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`)
}

/** Takes two addresses, or undefined where there is none, and compares IPv4 by value, others after them as text, none last. */
export function compareAddresses(a: string | undefined, b: string | undefined): number {
  const x = sortKey(a)
  const y = sortKey(b)
  return x < y ? -1 : x > y ? 1 : 0
}

function sortKey(address: string | undefined): string {
  if (address === undefined) return '2'
  if (!isIpv4(address)) return `1${address}`
  return `0${address
    .split('.')
    .map((part) => part.padStart(3, '0'))
    .join('.')}`
}
