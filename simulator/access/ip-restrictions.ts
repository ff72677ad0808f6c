import { BlockList, isIP } from 'node:net'

const parts = (restrictions: string): string[] => restrictions.split(/[\s,]+/).filter(Boolean)

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Whether a text is a list of addresses and networks (`192.0.2.0/24`), parted by commas or spaces. [choice] */
export const areIpRestrictions = (text: string): boolean =>
  parts(text).every((part) => {
    const [address = '', prefix, ...more] = part.split('/')
    const bits = isIP(address) === 6 ? 128 : 32
    return (
      isIP(address) > 0 &&
      more.length === 0 &&
      (prefix === undefined || (/^\d{1,3}$/.test(prefix) && +prefix <= bits))
    )
  })

/** Whether a client at that address may use a privilege with those restrictions; null restricts nothing. [docs] */
export const isAllowedFrom = (restrictions: string | null, address: string): boolean => {
  if (!restrictions || parts(restrictions).length === 0) return true
  const allowed = new BlockList()
  for (const part of parts(restrictions)) {
    const [network = '', prefix] = part.split('/')
    const family = familyOf(network)
    if (prefix === undefined) allowed.addAddress(network, family)
    else allowed.addSubnet(network, Number(prefix), family)
  }
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  return allowed.check(plain, familyOf(plain))
}
