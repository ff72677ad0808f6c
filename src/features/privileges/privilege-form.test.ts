import { expect, test } from 'vitest'
import { conditionsIn, conditionValues, privilegeProblems } from './privilege-form.tsx'

const VALUES = { user: 'jane', level: 'vm_admin', yubikey: true, minutes: '5', from: '' }

test('the privilege form sends minutes as seconds, empty fields as null, unedited ones as is', () => {
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
  [{}, { user: null, level: null, minutes: null, from: null }],
  [{ user: '' }, { user: 'Enter a username.' }],
  [{ user: 'a/b' }, { user: 'Use letters and digits only.' }],
  [{ level: '' }, { level: 'Choose a level.' }],
  [{ minutes: '0' }, { minutes: expect.stringContaining('minutes') }],
  [{ minutes: 'x' }, { minutes: expect.stringContaining('minutes') }],
  [{ minutes: 'x', yubikey: false }, { minutes: null }],
  [{ from: 'home' }, { from: expect.stringContaining('“home”') }],
])('the privilege form, given %j, reports %j', (given, problems) => {
  expect(privilegeProblems({ ...VALUES, ...given })).toMatchObject(problems)
})
