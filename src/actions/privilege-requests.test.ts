import { expect, test } from 'vitest'
import {
  changeRequest,
  changeSeen,
  conditionsOf,
  grantRequest,
  grantSeen,
  revokeRequest,
  revokeSeen,
} from './privilege-requests.ts'

const FREE = { yubikey_required: false, yubikey_otp_max_age: null, ip_restrictions: null }

test('a grant names what is narrowest, and sends no condition that is not set', () => {
  expect(grantRequest('jane', 'vm_admin', { account: 1, group: 2, vm: 3 }, FREE)).toEqual({
    method: 'POST',
    path: '/users/jane/privileges',
    body: { virtual_machine_id: 3, level: 'vm_admin', password_required: true, yubikey_required: false },
  })
  const conditions = { yubikey_required: true, yubikey_otp_max_age: 300, ip_restrictions: '192.0.2.0/24' }
  expect(grantRequest('a b', 'group_admin', { account: 1, group: 2 }, conditions)).toMatchObject({
    path: '/users/a%20b/privileges',
    body: { group_id: 2, yubikey_otp_max_age: 300, ip_restrictions: '192.0.2.0/24' },
  })
  expect(
    grantRequest('x', 'group_admin', { account: 1 }, { ...FREE, yubikey_otp_max_age: 300 }).body,
  ).toEqual({
    account_id: 1,
    level: 'group_admin',
    password_required: true,
    yubikey_required: false,
  })
})

test('a change writes what differs, and nothing is no request', () => {
  const privilege = {
    id: 5,
    level: 'vm_admin',
    yubikey_required: true,
    yubikey_otp_max_age: 900,
    ip_restrictions: '',
  }
  const now = conditionsOf(privilege)
  expect(now).toEqual({ yubikey_required: true, yubikey_otp_max_age: 900, ip_restrictions: null })
  expect(changeRequest(privilege, now)).toBeNull()
  expect(changeRequest(privilege, { ...now, yubikey_required: false })).toEqual({
    method: 'PUT',
    path: '/privileges/5',
    body: { yubikey_required: false },
  })
  expect(revokeRequest(privilege)).toEqual({ method: 'DELETE', path: '/privileges/5' })
})

test('a grant is seen by user, whatever the case, and level', () => {
  const there = [{ id: 1, level: 'vm_admin', username: 'Jane' }]
  expect(grantSeen(there, 'jane', 'vm_admin')).toBeNull()
  expect(grantSeen(there, 'jane', 'vm_console')).toMatch(/not among those there/)
})

test('a change is seen when the conditions read so, and one that is revoked when it is gone', () => {
  const there = [{ id: 5, level: 'vm_admin', yubikey_required: true }]
  const wanted = { yubikey_required: true, yubikey_otp_max_age: null, ip_restrictions: null }
  expect(changeSeen(there, 5, wanted)).toBeNull()
  expect(changeSeen(there, 5, FREE)).toMatch(/not as it was written/)
  expect(changeSeen(there, 6, wanted)).toMatch(/not as it was written/)
  expect(revokeSeen(there, 5)).toMatch(/still there/)
  expect(revokeSeen(there, 6)).toBeNull()
})
