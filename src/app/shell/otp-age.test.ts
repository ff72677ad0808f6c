import { expect, test } from 'vitest'
import { otpWindow } from './otp-age.tsx'

const privilege = (yubikey_required: boolean | null, yubikey_otp_max_age?: number | null) => ({
  id: 1,
  level: 'account_admin',
  yubikey_required,
  yubikey_otp_max_age,
})

test.each([
  ['none', [], null],
  ['one that wants no Yubikey', [privilege(false, 60), privilege(null)], null],
  ['one that does not say', [privilege(true, null)], 900_000],
  ['an older BigV’s, without the attribute', [privilege(true)], 900_000],
  ['the shortest of several', [privilege(true, 3600), privilege(true, 120), privilege(false, 5)], 120_000],
])('the window of an OTP, of %s', (_, privileges, ms) => {
  expect(otpWindow(privileges)).toBe(ms)
})
