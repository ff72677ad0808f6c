import { afterEach, beforeEach, expect, test } from 'vitest'
import { REF } from '../../api/testing/machines.ts'
import { signIn, signOut } from '../../session/session.ts'
import { forgetNewPassword, keepNewPassword, newPasswordOf, newPasswords } from './new-passwords.ts'

const DEMO = { account: 'acme', username: 'demo', password: 'demo', otp: '' }
const keep = (name: string, password: string) => keepNewPassword({ ...REF, name, password }, 'demo')
const kept = (name: string) => newPasswordOf(newPasswords(), REF, name)

beforeEach(() => signIn(DEMO, false))
afterEach(() => signOut())

test('a new machine’s password is kept until it is copied or replaced', () => {
  keep('web1', 'one')
  keep('web2', 'two')
  keep('web1', 'three')
  expect([kept('web1'), kept('web2'), kept('web3')]).toEqual(['three', 'two', null])
  expect(newPasswordOf(newPasswords(), { ...REF, group: 'other' }, 'web1')).toBeNull()
  forgetNewPassword(REF, 'web1')
  expect([kept('web1'), kept('web2')]).toEqual([null, 'two'])
})

test('passwords are kept if the user signs in again, and dropped for another user or none', () => {
  keep('web1', 'one')
  signIn({ ...DEMO, otp: 'another' }, false)
  expect(kept('web1')).toBe('one')
  signOut()
  expect(newPasswords()).toEqual([])
  signIn(DEMO, false)
  keep('web1', 'one')
  signIn({ ...DEMO, username: 'colleague' }, false)
  expect(newPasswords()).toEqual([])
})

test('a password isn’t kept if another user has signed in before the answer', () => {
  signIn({ ...DEMO, username: 'colleague' }, false)
  keep('web1', 'one')
  expect(newPasswords()).toEqual([])
})
