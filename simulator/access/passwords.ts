import { createHash, randomBytes } from 'node:crypto'

/** A password hash as `openssl passwd -1` prints it; the first group is the salt. */
const cryptPattern = /^\$1\$([./0-9A-Za-z]{0,8})\$[./0-9A-Za-z]{22}$/

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** The algorithm encodes the bytes of the digest in this order, three at a time. */
const order = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
] as const

const md5 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('md5')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const encoded = (value: number, length: number): string =>
  Array.from({ length }, (_, index) => alphabet[(value >> (6 * index)) & 63]).join('')

/** The MD5-based crypt hash (`$1$salt$...`) of a password. */
const md5Crypt = (password: string, salt: string): string => {
  const secret = Buffer.from(password)
  const inner = md5(secret, salt, secret)
  const parts: Buffer[] = [secret, Buffer.from(`$1$${salt}`)]
  for (let left = secret.length; left > 0; left -= 16) parts.push(inner.subarray(0, Math.min(16, left)))
  for (let bits = secret.length; bits > 0; bits >>= 1)
    parts.push(bits & 1 ? Buffer.from([0]) : secret.subarray(0, 1))
  let digest = md5(...parts)
  for (let round = 0; round < 1000; round++) {
    digest = md5(
      round & 1 ? secret : digest,
      round % 3 ? salt : '',
      round % 7 ? secret : '',
      round & 1 ? digest : secret,
    )
  }
  const byte = (index: number): number => digest[index] ?? 0
  const groups = order.map(([a, b, c]) => encoded((byte(a) << 16) | (byte(b) << 8) | byte(c), 4))
  return `$1$${salt}$${groups.join('')}${encoded(byte(11), 2)}`
}

const salted = (password: string, salt: string): string =>
  `sha256$${salt}$${createHash('sha256').update(`${salt}${password}`).digest('hex')}`

/**
 * The stored form of a password. A crypt hash, as in the documents' example of POST /users, is stored unchanged:
 * docs/bigv-api.md#10-users-and-privileges
 */
export const hashedPassword = (password: string): string =>
  cryptPattern.test(password) ? password : salted(password, randomBytes(6).toString('hex'))

/** True if `hash` is the stored form of this password. */
export const isPassword = (password: string, hash: string): boolean => {
  const crypt = cryptPattern.exec(hash)
  if (crypt?.[1] !== undefined) return md5Crypt(password, crypt[1]) === hash
  return salted(password, hash.split('$')[1] ?? '') === hash
}
