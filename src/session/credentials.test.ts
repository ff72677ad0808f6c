import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../lib/testing/any-text.ts'
import { authHeaders, credentialsSchema } from './credentials.ts'

const demo = { account: 'acme', username: 'demo', password: 's3cret', otp: '' }
const token = { account: 'acme', username: 'demo', token: 'a-token' }
const read = (value: unknown) => credentialsSchema.safeParse(value).data

test('the schema accepts only values with the form of credentials, without other attributes', () => {
  expect(read({ ...demo, more: 1 })).toEqual(demo)
  expect(read({ ...token, password: 'x' })).toEqual(token)
  for (const wrong of [{ ...demo, otp: undefined }, { ...token, token: 1 }, { token: 'x' }, null, 'x', []]) {
    expect(read(wrong)).toBeUndefined()
  }
})

test('authHeaders sends a password as Basic, an OTP in its own header, and a token as Bearer', () => {
  expect(authHeaders(null)).toEqual({})
  expect(authHeaders({ ...demo, password: 'ü:€' })).toEqual({
    Authorization: `Basic ${Buffer.from('demo:ü:€').toString('base64')}`,
  })
  expect(authHeaders({ ...demo, otp: 'ccc' })).toHaveProperty('X-Yubikey-Otp', 'ccc')
  expect(authHeaders(token)).toEqual({ Authorization: 'Bearer a-token' })
})

test('authHeaders encodes any username and password as base64 of UTF-8', () => {
  fc.assert(
    fc.property(anyText({ minLength: 1 }), (password) => {
      const [, sent = ''] = authHeaders({ ...demo, password }).Authorization?.split(' ') ?? []
      expect(Buffer.from(sent, 'base64').toString('utf8')).toBe(`demo:${password}`)
    }),
  )
})
