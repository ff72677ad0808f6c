import { expect, test } from 'vitest'
import { conditionsIn, conditionValues, privilegeProblems } from './privilege-form.tsx'

const VALUES = { user: 'jane', level: 'vm_admin', yubikey: true, minutes: '5', from: '' }

test('the privilege form sends minutes as seconds, empty fields as null, the rest unchanged', () => {
  expect(conditionsIn(VALUES)).toEqual({
    yubikey_required: true,
    yubikey_otp_max_age: 300,
    ip_restrictions: null,
  })
  expect(conditionsIn({ ...VALUES, minutes: ' ', from: ' 192.0.2.1 ' })).toMatchObject({
    yubikey_otp_max_age: null,
    ip_restrictions: '192.0.2.1',
  })
  const odd = { yubikey_required: true, yubikey_otp_max_age: 100, ip_restrictions: null }
  expect(conditionsIn({ ...VALUES, ...conditionValues(odd) }, odd)).toEqual(odd)
})

test.each([
  ['accepts its initial values', {}, { user: null, level: null, minutes: null, from: null }],
  ['requires a username', { user: '' }, { user: 'Enter a username.' }],
  ['rejects a slash in the username', { user: 'a/b' }, { user: 'Use letters and digits only.' }],
  ['requires a level', { level: '' }, { level: 'Choose a level.' }],
  ['rejects 0 minutes', { minutes: '0' }, { minutes: expect.stringContaining('minutes') }],
  ['rejects a word as the minutes', { minutes: 'x' }, { minutes: expect.stringContaining('minutes') }],
  ['ignores the minutes if no Yubikey is needed', { minutes: 'x', yubikey: false }, { minutes: null }],
  ['rejects a word as an IP address', { from: 'home' }, { from: expect.stringContaining('“home”') }],
])('the privilege form %s', (_, given, problems) => {
  expect(privilegeProblems({ ...VALUES, ...given })).toMatchObject(problems)
})
