import { expect, test } from 'vitest'
import { hashedPassword, isPassword } from './credentials.ts'

test.each(['secret', '', 'längere Passwörter sind auch erlaubt, mehr als 16', '$1$looks$alike'])(
  'isPassword accepts the password %j for its own hash, and no other password',
  (password) => {
    const hash = hashedPassword(password)
    expect(isPassword(password, hash)).toBe(true)
    expect(isPassword(`${password} `, hash)).toBe(false)
    expect(hash).not.toContain(password || 'never')
  },
)

// Made with `openssl passwd -1 -salt SALT PASSWORD`
test.each([
  ['secret', '$1$xyz01234$CSdmTkEl.uVXsj4LiHTHU.'],
  ['längere Passwörter sind auch erlaubt, mehr als 16', '$1$ab$C/bmVYxPzCUfxE58xgEOc/'],
  ['', '$1$12345678$xek.CpjQUVgdf/P2N9KQf/'],
])('isPassword accepts the password %j for its crypt hash made by openssl', (password, hash) => {
  expect(hashedPassword(hash)).toBe(hash)
  expect(isPassword(password, hash)).toBe(true)
  expect(isPassword('other', hash)).toBe(false)
})
