import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { discLabelProblem, discSizeProblem, nextDiscLabel } from './machine-specs.ts'
import { mibToGib } from './units.ts'

describe('the size of a disc in GiB', () => {
  test.each([
    ['', 0, 'Enter the size of the disc.'],
    ['many', 0, 'Enter a number of GiB, such as 25 or 0.5.'],
    ['1,024', 0, 'Enter a number of GiB, such as 25 or 0.5.'],
    ['0.04', 0, 'At least 50 MiB, which is 0.05 GiB.'],
    ['0.05', 0, null],
    ['2048', 0, null],
    ['2048.1', 0, 'At most 2 TiB, which is 2048 GiB.'],
    ['24.9', 25 * 1024, 'The disc has 25 GiB and can only grow.'],
    ['25', 25 * 1024, null],
  ])('entered as %j for a disc of %i MiB has the problem %j', (text, now, problem) => {
    expect(discSizeProblem(text, now)).toBe(problem)
  })

  test('can stay the same, but can’t shrink', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 2048 * 1024 }), (mib) => {
        expect(discSizeProblem(mibToGib(mib).toFixed(10), mib)).toBeNull()
        expect(discSizeProblem(mibToGib(mib - 1).toFixed(10), mib)).toContain('can only grow')
      }),
    )
  })
})

describe('a disc’s label', () => {
  test.each(['disc-1', 'logs', 'my sda', 'd', 'vd', 'xda', 'sda1', 'vd-a'])('can be %j', (label) => {
    expect(discLabelProblem(label)).toBeNull()
  })

  test.each(['vda', 'sda', 'hda', 'vdz', 'sdaa', 'vdata', 'VDA', 'Sdb'])(
    'can’t look like a device: %j',
    (label) => {
      expect(discLabelProblem(label)).toBe('A label can’t look like a device name (vda, sda, hda).')
    },
  )

  test.each(['', ' ', '\t'])('can’t be blank: %j', (label) => {
    expect(discLabelProblem(label)).toBe('Enter a label for the disc.')
  })

  test.each([
    [[], 'disc-1'],
    [['disc-1'], 'disc-2'],
    [['disc-1', 'disc-2'], 'disc-3'],
    [['disc-7'], 'disc-8'],
    [['logs', 'data'], 'disc-3'],
    [['logs', 'disc-1'], 'disc-3'],
    [['disc-x', 'mydisc-9', 'disc-9b'], 'disc-4'],
  ])('defaults to $1 after the labels $0', (labels, next) => {
    expect(nextDiscLabel(labels)).toBe(next)
  })

  test('is always unused and valid by default', () => {
    const label = fc.oneof(
      fc.string(),
      fc.nat(100).map((n) => `disc-${n}`),
    )
    fc.assert(
      fc.property(fc.array(label, { maxLength: 8 }), (labels) => {
        const next = nextDiscLabel(labels)
        expect(labels).not.toContain(next)
        expect(discLabelProblem(next)).toBeNull()
      }),
    )
  })
})
