import { describe, expect, test } from 'vitest'
import { limits } from '../rules/limits.ts'
import { groupPath, useBigV } from './bigv.ts'

const bigv = useBigV()
const otpOf = (letter: string): string => letter.repeat(44)
const withOtp = (otp: string) => bigv.as('yubi', 'yubi', { 'X-Yubikey-Otp': otp })

describe('Yubikey OTPs', () => {
  test('are required, as a request without a valid OTP gets 401', async () => {
    for (const path of ['/accounts', '/accounts/acme'])
      expect((await bigv.as('yubi')('GET', path)).status).toBe(401)
    expect((await withOtp('123456')('GET', '/accounts')).status).toBe(401)
    expect((await withOtp('')('GET', '/accounts')).status).toBe(401)
  })

  test('can be used again for 15 minutes', async () => {
    const ask = withOtp(otpOf('c'))
    expect((await ask('GET', '/accounts/acme')).status).toBe(200)
    await bigv.control.ageCredentials(limits.otpMaxAge * 1000 - 60_000)
    expect((await ask('GET', '/accounts/acme')).status).toBe(200)
    await bigv.control.ageCredentials(60_001)
    expect((await ask('GET', '/accounts/acme')).status).toBe(401)
    expect((await withOtp(otpOf('b'))('GET', '/accounts/acme')).status).toBe(200)
  })

  test('can be expired by a test', async () => {
    const ask = withOtp(otpOf('d'))
    expect((await ask('GET', '/accounts')).status).toBe(200)
    await bigv.control.expireOtp()
    expect((await ask('GET', '/accounts')).status).toBe(401)
  })

  test('stay valid for as long as the user’s privilege says', async () => {
    const account = await bigv.control.createAccount()
    const guest = await bigv.control.createAccount()
    const owner = bigv.owner(account)
    const wanted = {
      group_id: account.groups[0]?.id,
      level: 'group_admin',
      yubikey_required: true,
      yubikey_otp_max_age: 60,
    }
    const granted = await owner('POST', `/users/${guest.username}/privileges`, wanted)
    const ask = bigv.as(guest.username, guest.password, { 'X-Yubikey-Otp': otpOf('e') })
    expect((await bigv.owner(guest)('GET', groupPath(account))).status).toBe(401)
    expect((await bigv.owner(guest)('GET', groupPath(guest))).status).toBe(200)
    expect((await ask('GET', groupPath(account))).status).toBe(200)
    await bigv.control.ageCredentials(61_000)
    expect((await ask('GET', groupPath(account))).status).toBe(401)
    const { id } = granted.json as { id: number }
    await owner('PUT', `/privileges/${id}`, { yubikey_required: false })
    expect((await ask('GET', groupPath(account))).status).toBe(200)
  })

  test("are ignored if none of the user's privileges needs an OTP", async () => {
    const account = await bigv.control.createAccount()
    const ask = bigv.as(account.username, account.password, { 'X-Yubikey-Otp': 'nonsense' })
    expect((await ask('GET', '/accounts')).status).toBe(200)
  })
})
