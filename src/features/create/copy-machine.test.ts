import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expandNames } from '../../lib/name-pattern.ts'
import { copyMachine, freeName } from './copy-machine.ts'
import { problemsOf } from './errors/problems.ts'
import { newValues } from './form/form-values.ts'
import { DEFINITIONS } from './testing/filled.ts'

const WEB = {
  id: 7,
  name: 'web09',
  power_on: true,
  autoreboot_on: false,
  cores: 2,
  memory: 4096,
  hardware_profile: 'virtio2013',
  hardware_profile_locked: true,
  keymap: null,
  cdrom_url: 'https://me:s3cret@example.com/x.iso',
  zone_name: 'default',
  last_imaged_with: 'wheezy',
  discs: [
    { id: 1, label: 'root', size: 25600, storage_grade: 'ssd' },
    { id: 2, label: 'data', size: 51200, storage_grade: 'archive' },
  ],
}

describe('copyMachine', () => {
  test('copies size, discs in order and image under the next name, without secrets', () => {
    const { values, ignored } = copyMachine(WEB, [WEB], DEFINITIONS)
    expect(values).toEqual({
      name: 'web10',
      cores: '2',
      memory: '4',
      preset: '2-4',
      hardware_profile: 'virtio2013',
      hardware_profile_locked: true,
      keymap: '',
      cdrom_url: 'https://example.com/x.iso',
      zone_name: '',
      power_on: true,
      autoreboot_on: false,
      discs: [
        { label: 'root', size: '25', storage_grade: 'ssd' },
        { label: 'data', size: '50', storage_grade: 'archive' },
      ],
      system: 'distribution',
      distribution: 'wheezy',
    })
    expect(ignored).toEqual([
      { field: 'virtual_machine.cdrom_url', reason: 'Imported without the user and password.' },
    ])
  })

  test('turns automatic restart on if the machine is off, and copies no image if there was none', () => {
    const { values } = copyMachine({ ...WEB, power_on: false, last_imaged_with: null }, [], DEFINITIONS)
    expect(values).toMatchObject({ power_on: true, autoreboot_on: true, system: 'none' })
    expect(copyMachine({ ...WEB, last_imaged_with: 'gone' }, [], DEFINITIONS).values.system).toBe('none')
  })

  test('renames discs whose label a new disc can’t have, and says that', () => {
    const discs = ['vda', 'disc-1', 'vdc', 'disc-1'].map((label, id) => ({
      id,
      label,
      size: 25600,
      storage_grade: 'sata',
    }))
    const { values, ignored } = copyMachine({ ...WEB, cdrom_url: null, discs }, [], DEFINITIONS)
    expect(values.discs?.map(({ label }) => label)).toEqual(['disc-2', 'disc-1', 'disc-3', 'disc-4'])
    expect(ignored[0]).toEqual({
      field: 'discs.0.label',
      reason: 'A new disc can’t have the label “vda”, so the copy’s disc is called disc-2.',
    })
  })

  test('never proposes a name that is taken, or a name or label that BigV would refuse', () => {
    const name = fc.oneof(
      fc.stringMatching(/^[a-z{},.0-9-]{1,64}$/),
      fc.stringMatching(/^(w|W)eb[0-3]$/),
      fc.string({ minLength: 1 }),
    )
    const label = fc.oneof(
      fc.constantFrom('vda', 'sdb', 'disc-1', 'disc-2', 'disc-9999999999999999'),
      fc.string({ minLength: 1 }).filter((each) => each.trim() !== ''),
    )
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), fc.array(label, { maxLength: 8 }), (names, labels) => {
        const discs = labels.map((label, id) => ({ id, label, size: 25600, storage_grade: 'sata' }))
        const machines = names.map((name) => ({ ...WEB, name, discs }))
        const { values } = copyMachine({ ...WEB, ...machines[0] }, machines, DEFINITIONS)
        const all = { ...newValues(), ...values }
        expect(expandNames(all.name).names).toEqual([all.name])
        expect(names.map((each) => each.toLowerCase())).not.toContain(all.name.toLowerCase())
        expect(all.name.length).toBeLessThanOrEqual(63)
        expect(Object.keys(problemsOf(all)).filter((field) => field.endsWith('.label'))).toEqual([])
      }),
    )
  })
})

test.each([
  ['web1', [], 'web2'],
  ['web09', ['web10', 'WEB11'], 'web12'],
  ['web99', [], 'web100'],
  ['db', ['db-2'], 'db-3'],
  ['7', [], '7-2'],
  ['w{1..2}', [], 'w-1-3'],
  ['db.int', ['db-int-2'], 'db-int-3'],
  ['.', [], 'copy-2'],
  ['x99999999999999999999', [], 'x100000000000000000000'],
  ['a'.repeat(63), [], `${'a'.repeat(61)}-2`],
  ['7'.repeat(63), [], `${'7'.repeat(61)}-2`],
])('a copy of %s, if the names %j are also taken, is named %s', (name, taken, next) => {
  expect(freeName(name, [name, ...taken])).toBe(next)
})
