import { expect, test } from 'vitest'
import { otpWindow } from './privileges.ts'

const privilege = (yubikey_required: boolean | null, yubikey_otp_max_age?: number | null) => ({
  id: 1,
  level: 'account_admin',
  yubikey_required,
  yubikey_otp_max_age,
})

test.each([
  ['no privilege', [], null],
  ['privileges without a Yubikey', [privilege(false, 60), privilege(null)], null],
  ['a privilege with a null limit', [privilege(true, null)], 900_000],
  ['a privilege of an older BigV, without the attribute', [privilege(true)], 900_000],
  [
    'several privileges, the shortest limit',
    [privilege(true, 3600), privilege(true, 120), privilege(false, 5)],
    120_000,
  ],
])('otpWindow returns how long BigV accepts an OTP of a user with %s', (_, privileges, ms) => {
  expect(otpWindow(privileges)).toBe(ms)
})
