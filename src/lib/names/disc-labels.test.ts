import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { discLabelProblem, nextDiscLabel } from './disc-labels.ts'

describe('disc labels', () => {
  test.each(['disc-1', 'logs', 'my sda', 'd', 'vd', 'xda', 'sda1', 'vd-a'])('%j can be one', (label) => {
    expect(discLabelProblem(label)).toBeNull()
  })

  test.each(['vda', 'sda', 'hda', 'vdz', 'sdaa', 'vdata', 'VDA', 'Sdb'])(
    '%j looks like a device',
    (label) => {
      expect(discLabelProblem(label)).toBe('A label cannot look like a device (vda, sda, hda).')
    },
  )

  test.each(['', ' ', '\t'])('%j is none', (label) => {
    expect(discLabelProblem(label)).toBe('Give the disc a label.')
  })

  test.each([
    [[], 'disc-1'],
    [['disc-1'], 'disc-2'],
    [['disc-1', 'disc-2'], 'disc-3'],
    [['disc-7'], 'disc-8'],
    [['logs', 'data'], 'disc-3'],
    [['logs', 'disc-1'], 'disc-3'],
    [['disc-x', 'mydisc-9', 'disc-9b'], 'disc-4'],
  ])('after %j comes %s', (labels, next) => {
    expect(nextDiscLabel(labels)).toBe(next)
  })

  test('the next one is always free, and a label', () => {
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
