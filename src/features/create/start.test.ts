import { describe, expect, test } from 'vitest'
import { copyMachine, nextName } from './start.tsx'
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
  test('copies size, ordered discs and image under the next name, without secrets', () => {
    const { values, ignored } = copyMachine(WEB, DEFINITIONS, [])
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

  test('turns automatic restart on for a machine that is off, and copies no image if it had none', () => {
    const { values } = copyMachine({ ...WEB, power_on: false, last_imaged_with: null }, DEFINITIONS, [])
    expect(values).toMatchObject({ power_on: true, autoreboot_on: true, system: 'none' })
    expect(copyMachine({ ...WEB, last_imaged_with: 'gone' }, DEFINITIONS, []).values.system).toBe('none')
  })

  test('gives the copy a free name, and its discs labels that BigV accepts', () => {
    const discs = ['vda', 'disc-2', 'sdb'].map((label, id) => ({ id, label, size: 1024 }))
    const { values } = copyMachine({ ...WEB, discs }, DEFINITIONS, ['web09', 'Web10', 'web11', 'web13'])
    expect(values.name).toBe('web12')
    expect(values.discs?.map(({ label }) => label)).toEqual(['disc-1', 'disc-2', 'disc-3'])
    expect(copyMachine({ ...WEB, name: 'db' }, DEFINITIONS, ['db-2']).values.name).toBe('db-3')
    const second = [
      { id: 1, label: 'disc-2', size: 1024 },
      { id: 2, label: 'vdb', size: 1024 },
    ]
    expect(copyMachine({ ...WEB, discs: second }, DEFINITIONS, []).values.discs?.[1]?.label).toBe('disc-3')
  })

  test.each([
    ['web1', 'web2'],
    ['web09', 'web10'],
    ['web99', 'web100'],
    ['db', 'db-2'],
    ['x99999999999999999999', 'x100000000000000000000'],
  ])('names the copy of %s %s', (name, next) => {
    expect(nextName(name)).toBe(next)
  })
})
