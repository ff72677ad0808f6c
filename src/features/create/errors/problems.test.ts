import { describe, expect, test } from 'vitest'
import { newDisc, newValues, type CreateValues } from '../form/form-values.ts'
import { problemsOf } from './problems.ts'

const GOOD: CreateValues = { ...newValues(), name: 'web4', distribution: 'wheezy' }
const problems = (change: Partial<CreateValues>) => problemsOf({ ...GOOD, ...change })
const discs = (...changes: Partial<ReturnType<typeof newDisc>>[]) =>
  changes.map((change, index) => Object.assign(newDisc(`disc-${index + 1}`), change))

describe('problemsOf', () => {
  test('finds no problem in a complete form', () => {
    expect(problemsOf(GOOD)).toEqual({})
  })

  test('lists the fields in the order of the steps', () => {
    const all = problems({
      name: '',
      cores: '',
      memory: '',
      discs: discs({ label: '', size: '' }),
      distribution: '',
    })
    expect(Object.keys(all)).toEqual([
      'name',
      'cores',
      'memory',
      'distribution',
      'discs.0.label',
      'discs.0.size',
    ])
  })

  test.each(['', '12', '-web', 'web.int', 'a/b', ' web4'])('rejects the name %j', (name) => {
    expect(Object.keys(problems({ name }))).toEqual(['name'])
  })

  test.each(['', ' ', '0', '-1', '1.5', '1,5', 'two', '1e3', '99999999999'])(
    'rejects %j as the number of cores',
    (cores) => {
      expect(Object.keys(problems({ cores }))).toEqual(['cores'])
    },
  )

  test.each(['', '0', '0.0001', '-4', '1,5', '4 GiB', 'NaN', 'Infinity', '9'.repeat(400)])(
    'rejects the memory size %j',
    (memory) => {
      expect(Object.keys(problems({ memory }))).toEqual(['memory'])
    },
  )

  test.each(['1', '0.5', '.5', '1.', ' 3 ', '1000'])('accepts the memory size %j', (memory) => {
    expect(problems({ memory })).toEqual({})
  })

  test.each([
    ['0.048', 'At least 50 MiB, which is 0.05 GiB.'],
    ['0.049', undefined],
    ['2048', undefined],
    ['2048.01', 'At most 2 TiB, which is 2048 GiB.'],
    ['3000', 'At most 2 TiB, which is 2048 GiB.'],
    ['', 'Enter the size of the disc.'],
    ['big', 'Enter a number of GiB, such as 25 or 0.5.'],
  ])('reports for the disc size %j in GiB: %j', (size, problem) => {
    expect(problems({ discs: discs({}, { size }) })['discs.1.size']).toBe(problem)
  })

  test.each(['vda', 'sdb', 'HDA', ''])('rejects the disc label %j', (label) => {
    expect(Object.keys(problems({ discs: discs({ label }) }))).toEqual(['discs.0.label'])
  })

  test('reports the second of two discs that have the same label', () => {
    const found = problems({ discs: discs({ label: 'data' }, {}, { label: 'data' }) })
    expect(found).toEqual({ 'discs.2.label': 'Another disc has this label.' })
  })

  test('requires a disc for a distribution', () => {
    expect(problems({ discs: [] })).toEqual({ discs: 'To install an image, add a disc.' })
    expect(problems({ discs: [], system: 'none' })).toEqual({})
  })

  test('rejects an empty typed password', () => {
    expect(Object.keys(problems({ password_from: 'typed' }))).toEqual(['root_password'])
    expect(problems({ password_from: 'typed', root_password: ' ' })).toEqual({})
  })

  test.each(['ftp://example.com/x.iso', 'example.com/x.iso', 'https://', 'javascript:alert(1)', 'http//x'])(
    'rejects the CD URL %j',
    (cdrom_url) => {
      expect(Object.keys(problems({ system: 'none', cdrom_url }))).toEqual(['cdrom_url'])
    },
  )

  test.each(['', ' ', 'http://example.com/x.iso', 'HTTPS://me:pw@example.com/x.iso'])(
    'accepts the CD URL %j',
    (cdrom_url) => {
      expect(problems({ system: 'none', cdrom_url })).toEqual({})
    },
  )

  test.each(['web{1..5}', '{a,b}'])('accepts the name pattern %j', (name) => {
    expect(problems({ name })).toEqual({})
  })

  test.each(['web{1..', 'web{1..99}', '{1..3}'])('rejects the name pattern %j', (name) => {
    expect(Object.keys(problems({ name }))).toEqual(['name'])
  })

  test('rejects addresses of the wrong family, and addresses for several machines', () => {
    expect(problems({ ipv4: '10.0.0.2', ipv6: 'fd00::2' })).toEqual({})
    expect(Object.keys(problems({ ipv4: 'fd00::2', ipv6: '10.0.0.2' }))).toEqual(['ipv4', 'ipv6'])
    expect(Object.keys(problems({ name: 'web{1..2}', ipv4: '10.0.0.2' }))).toEqual(['ipv4'])
  })

  test('requires a password or a key, and rejects broken keys and scripts without #!', () => {
    const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICyAsCTz0ECAwWxS0ORfFbVCVIbXwlNaUxJ8+30W/ctr me@laptop'
    expect(Object.keys(problems({ password_from: 'none' }))).toEqual(['ssh_keys'])
    expect(problems({ password_from: 'none', ssh_keys: key })).toEqual({})
    expect(Object.keys(problems({ ssh_keys: `${key}\nssh-rsa AAAA` }))).toEqual(['ssh_keys'])
    expect(Object.keys(problems({ firstboot_script: 'echo hi' }))).toEqual(['firstboot_script'])
    expect(problems({ firstboot_script: '#!/bin/sh\n' })).toEqual({})
  })

  test('does not check fields that aren’t sent', () => {
    const image = {
      distribution: '',
      password_from: 'typed',
      ssh_keys: 'nonsense',
      firstboot_script: 'x',
    } as const
    expect(problems({ system: 'none', ...image })).toEqual({})
  })
})
