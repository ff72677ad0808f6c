import { describe, expect, test } from 'vitest'
import { newDisc, newValues, type CreateValues } from '../form/form-values.ts'
import { byField, isAsSent } from './server-errors.ts'

const SENT: CreateValues = {
  ...newValues(),
  name: 'web4',
  distribution: 'wheezy',
  discs: [newDisc('disc-1'), newDisc('disc-2')],
}

describe('byField', () => {
  test('shows messages at their fields, including the fields of discs', () => {
    const { fields, rest } = byField(
      { name: ["can't be blank", 'is invalid'], 'discs.1.storage_grade': ['is not included in the list'] },
      SENT,
    )
    expect(fields).toEqual({
      name: ["BigV said: can't be blank", 'BigV said: is invalid'],
      'discs.1.storage_grade': ['BigV said: is not included in the list'],
    })
    expect(rest).toEqual([])
  })

  test('marks messages about sizes as MiB, as the form is in GiB', () => {
    const { fields } = byField(
      { 'discs.0.size': ['must be greater than or equal to 50'], memory: ['is not a number'] },
      SENT,
    )
    expect(fields).toEqual({
      'discs.0.size': ['BigV said (in MiB): must be greater than or equal to 50'],
      memory: ['BigV said (in MiB): is not a number'],
    })
  })

  test('reads attributes with the prefix virtual_machine. or reimage. as well', () => {
    const { fields } = byField(
      { 'virtual_machine.cores': ['is invalid'], 'reimage.distribution': ['is invalid'] },
      SENT,
    )
    expect(Object.keys(fields)).toEqual(['cores', 'distribution'])
  })

  test('shows messages about the root password at its field, or at the choice of password', () => {
    const message = { root_password: ['is too short (minimum is 8 characters)'] }
    expect(Object.keys(byField(message, SENT).fields)).toEqual(['password_from'])
    const typed: CreateValues = { ...SENT, password_from: 'typed', root_password: 'x' }
    expect(Object.keys(byField(message, typed).fields)).toEqual(['root_password'])
  })

  test.each([
    ['an unknown field of a disc', { 'discs.0.pool': ['is invalid'] }, ['discs.0.pool is invalid.']],
    ['a disc that does not exist', { 'discs.7.size': ['is invalid'] }, ['discs.7.size is invalid.']],
    ['discs as a whole', { discs: ['too many'] }, ['discs too many.']],
    ['an attribute without a field', { head: ['is invalid'] }, ['head is invalid.']],
    ['the request as a whole', { base: ['The group is full'] }, ['The group is full.']],
    ['no attribute', { '': ['Out of discs!'] }, ['Out of discs!']],
  ])('shows messages about %s above the form', (_, errors: Record<string, string[]>, rest) => {
    expect(byField(errors, SENT)).toEqual({ fields: {}, rest })
  })

  test('puts no message at a field that is not shown', () => {
    const bare: CreateValues = { ...SENT, system: 'none' }
    const { fields, rest } = byField({ distribution: ['is invalid'], cdrom_url: ['is invalid'] }, bare)
    expect(fields).toEqual({ cdrom_url: ['BigV said: is invalid'] })
    expect(rest).toEqual(['distribution is invalid.'])
  })

  test('shows messages about keys, script, zone and keymap at their fields', () => {
    const wrong = ['is invalid']
    const { fields } = byField(
      { ssh_public_key: wrong, firstboot_script: wrong, zone_name: wrong, keymap: wrong },
      SENT,
    )
    expect(Object.keys(fields)).toEqual(['ssh_keys', 'firstboot_script', 'zone_name', 'keymap'])
  })

  test('shows a message about addresses at the field it names, or else at the first one sent', () => {
    const sent: CreateValues = { ...SENT, ipv4: '10.0.0.2', ipv6: 'fd00::2' }
    const ips = ['ipv6 has already been taken', 'can be chosen in a private VLAN only']
    expect(byField({ ips }, sent).fields).toEqual({
      ipv6: ['BigV said: ipv6 has already been taken'],
      ipv4: ['BigV said: can be chosen in a private VLAN only'],
    })
    expect(byField({ ips }, SENT)).toMatchObject({ fields: {}, rest: ips.map((each) => `ips ${each}.`) })
  })
})

describe('isAsSent', () => {
  test('is true if the field has the value that was sent', () => {
    expect(isAsSent('name', SENT, SENT)).toBe(true)
    expect(isAsSent('name', { ...SENT, name: 'web5' }, SENT)).toBe(false)
    expect(isAsSent('name', { ...SENT, cores: '2' }, SENT)).toBe(true)
  })

  test('is false for all discs once one was removed, which changes the indices', () => {
    const resized = [newDisc('disc-1'), { ...newDisc('disc-2'), size: '30' }]
    expect(isAsSent('discs.1.size', { ...SENT, discs: resized }, SENT)).toBe(false)
    expect(isAsSent('discs.0.size', { ...SENT, discs: resized }, SENT)).toBe(true)
    expect(isAsSent('discs.0.size', { ...SENT, discs: [newDisc('disc-2')] }, SENT)).toBe(false)
  })
})
