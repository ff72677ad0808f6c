import { describe, expect, test } from 'vitest'
import type { Privilege } from '../api/privileges.ts'
import {
  changePrivilege,
  conditionsOf,
  grantPrivilege,
  highestOver,
  isBelow,
  levelHint,
  levelsOn,
  machineHint,
  revokePrivilege,
  type Conditions,
  type Scope,
} from './access.ts'

const PLACE = { account: 1, group: 2, vm: 3 }

const levelOver = (...args: Parameters<typeof highestOver>) => highestOver(...args)?.level ?? null

describe('a user’s highest privilege on an account, group or machine', () => {
  test('is the highest that they have on it, on its group or account, or on the cluster', () => {
    const console = { id: 1, level: 'vm_console', virtual_machine_id: 3 }
    const group = { id: 2, level: 'group_admin', group_id: 2 }
    expect(levelOver([console], PLACE)).toBe('vm_console')
    expect(levelOver([console, group], PLACE)).toBe('group_admin')
    expect(levelOver([group, { id: 3, level: 'account_admin', account_id: 1 }], PLACE)).toBe('account_admin')
    expect(levelOver([{ id: 4, level: 'cluster_admin', account_id: null }], PLACE)).toBe('cluster_admin')
  })

  test('doesn’t depend on privileges for other things, or on unknown levels', () => {
    const elsewhere = [
      { id: 1, level: 'account_admin', account_id: 9 },
      { id: 2, level: 'group_admin', group_id: 9 },
      { id: 3, level: 'vm_admin', virtual_machine_id: 9 },
      { id: 4, level: 'emperor', account_id: 1 },
    ]
    expect(levelOver(elsewhere, PLACE)).toBeNull()
    expect(levelOver([{ id: 2, level: 'group_admin', group_id: 2 }], { account: 1 })).toBeNull()
  })
})

test.each([
  ['an account', { account: 1 }, ['account_admin', 'group_admin', 'vm_admin', 'vm_console']],
  ['a group', { account: 1, group: 2 }, ['group_admin', 'vm_admin', 'vm_console']],
  ['a machine', PLACE, ['vm_admin', 'vm_console']],
] as const)('offers the levels of %s, whatever the user’s own is', (_, place, levels) => {
  expect(levelsOn(place)).toEqual(levels)
})

test.each([
  ['account_admin', { account_id: 1, account_name: 'acme' }, 'account_admin', 'account_admin on acme'],
  ['account_admin', { account_id: 1, account_name: 'acme' }, 'group_admin', null],
  ['vm_console', { group_id: 2, group_name: 'default' }, 'vm_console', 'vm_console on default'],
  ['group_admin', { group_id: 2 }, 'group_admin', 'group_admin on group 2'],
  ['vm_admin', { virtual_machine_id: 3, virtual_machine_name: 'web' }, 'vm_admin', 'vm_admin on web'],
  ['vm_admin', { account_id: 1 }, '', null],
  ['cluster_admin', {}, 'cluster_su', 'cluster_admin on the whole cluster'],
])('a user listed as %s on %j gets a hint about %s: %s', (level, on, wanted, listed) => {
  expect(levelHint({ id: 1, level, ...on }, wanted)).toBe(
    listed && `You’re listed as ${listed}. BigV may refuse this.`,
  )
  expect(levelHint(null, wanted)).toBeNull()
})

test.each([
  ['vm_console', 'You’re listed as vm_console on acme. BigV may refuse this.'],
  ['vm_admin', null],
  ['account_admin', null],
  ['emperor', null],
])('a user listed as %s gets a hint about changing a machine: %s', (level, hint) => {
  expect(machineHint({ id: 1, level, account_id: 1, account_name: 'acme' })).toBe(hint)
})

test('a user without a listed privilege gets no hint', () => {
  expect(machineHint(null)).toBeNull()
})

test('an unknown level is neither lower nor higher than another', () => {
  expect(isBelow('vm_console', 'vm_admin')).toBe(true)
  expect(isBelow('vm_admin', 'vm_admin')).toBe(false)
  expect(isBelow('emperor', 'vm_admin')).toBe(false)
  expect(isBelow('vm_admin', 'emperor')).toBe(false)
})

const FREE = { yubikey_required: false, yubikey_otp_max_age: null, ip_restrictions: null }
const place = { at: { account: 'acme' }, scope: null, name: 'acme' }
const grant = (username: string, level: string, scope: Scope, conditions: Conditions) => ({
  place,
  username,
  level,
  scope,
  conditions,
})

const request = (...params: Parameters<typeof grant>) => grantPrivilege.requests(grant(...params))[0]
const of = (id: number): { place: typeof place; privilege: Privilege } => ({
  place,
  privilege: { id, level: 'vm_admin' },
})

test('a grant sends the id of its target, and of the conditions only those that are set', () => {
  expect(request('jane', 'vm_admin', { account: 1, group: 2, vm: 3 }, FREE)).toEqual({
    method: 'POST',
    path: '/users/jane/privileges',
    body: { virtual_machine_id: 3, level: 'vm_admin', password_required: true, yubikey_required: false },
  })
  const conditions = { yubikey_required: true, yubikey_otp_max_age: 300, ip_restrictions: '192.0.2.0/24' }
  expect(request('a b', 'group_admin', { account: 1, group: 2 }, conditions)).toMatchObject({
    path: '/users/a%20b/privileges',
    body: { group_id: 2, yubikey_otp_max_age: 300, ip_restrictions: '192.0.2.0/24' },
  })
  expect(request('x', 'group_admin', { account: 1 }, { ...FREE, yubikey_otp_max_age: 300 })?.body).toEqual({
    account_id: 1,
    level: 'group_admin',
    password_required: true,
    yubikey_required: false,
  })
})

test('a change of a privilege sends only the conditions that differ, if any', () => {
  const privilege = {
    id: 5,
    level: 'vm_admin',
    yubikey_required: true,
    yubikey_otp_max_age: 900,
    ip_restrictions: '',
  }
  const now = conditionsOf(privilege)
  expect(now).toEqual({ yubikey_required: true, yubikey_otp_max_age: 900, ip_restrictions: null })
  expect(changePrivilege.requests({ place, privilege, conditions: now })).toEqual([])
  const conditions = { ...now, yubikey_required: false }
  expect(changePrivilege.requests({ place, privilege, conditions })).toEqual([
    { method: 'PUT', path: '/privileges/5', body: { yubikey_required: false } },
  ])
  expect(revokePrivilege.requests({ place, privilege })).toEqual([
    { method: 'DELETE', path: '/privileges/5' },
  ])
})

test('a grant is done, and isn’t sent again, if the user already has a privilege of this level', () => {
  const there = [{ id: 1, level: 'vm_admin', username: 'Jane' }]
  const jane = grant('jane', 'vm_admin', { account: 1 }, FREE)
  const granted = (params: typeof jane) =>
    grantPrivilege.shownIn.isDone(there, grantPrivilege.expects(params))
  expect(granted(jane)).toBe(true)
  expect(granted({ ...jane, level: 'vm_console' })).toBe(false)
  expect(grantPrivilege.disabledReason(there, jane)).toBe('jane already has this privilege.')
  expect(grantPrivilege.disabledReason([], jane)).toBeNull()
})

test('a change of a privilege is done once its conditions match, a revocation once it is gone', () => {
  const there = [{ id: 5, level: 'vm_admin', yubikey_required: true }]
  const conditions = { yubikey_required: true, yubikey_otp_max_age: null, ip_restrictions: null }
  const changed = (id: number, wanted: Conditions) =>
    changePrivilege.shownIn.isDone(there, changePrivilege.expects({ ...of(id), conditions: wanted }))
  expect([changed(5, conditions), changed(5, FREE), changed(6, conditions)]).toEqual([true, false, false])
  const revoked = (id: number) => revokePrivilege.shownIn.isDone(there, revokePrivilege.expects(of(id)))
  expect([revoked(5), revoked(6)]).toEqual([false, true])
})

test('a privilege isn’t revoked if it has changed since it was shown', () => {
  const privilege = { id: 5, level: 'vm_admin', yubikey_required: true }
  expect(revokePrivilege.disabledReason([privilege], { place, privilege })).toBeNull()
  expect(revokePrivilege.disabledReason([], { place, privilege })).toBe(
    'This privilege was revoked in the meantime.',
  )
  expect(
    revokePrivilege.disabledReason([{ ...privilege, yubikey_required: false }], { place, privilege }),
  ).toBe('This privilege was changed elsewhere in the meantime.')
})
