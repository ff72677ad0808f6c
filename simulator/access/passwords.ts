import { createHash, randomBytes } from 'node:crypto'
import { cryptPattern, md5Crypt } from './md5-crypt.ts'

const salted = (password: string, salt: string): string =>
  `sha256$${salt}$${createHash('sha256').update(`${salt}${password}`).digest('hex')}`

/**
 * Returns what is kept of a password. One that is sent as a crypt hash, as in the documents' example of POST /users, is
 * kept as it is. [docs]
 */
export const keptPassword = (password: string): string =>
  cryptPattern.test(password) ? password : salted(password, randomBytes(6).toString('hex'))

/** Whether that is the password of which `kept` was kept. */
export const isPassword = (password: string, kept: string): boolean => {
  const crypt = cryptPattern.exec(kept)
  if (crypt?.[1] !== undefined) return md5Crypt(password, crypt[1]) === kept
  return salted(password, kept.split('$')[1] ?? '') === kept
}
