import { describe, expect, test } from 'vitest'
import { machine } from '../api/testing/machines.ts'
import { afterFetch, afterWrite, appliesAtRestart, pendingInWords } from './pending-restart.ts'

const before = machine({ cores: 1, memory: 1024, hardware_profile: 'virtio2011' })
const grown = afterWrite([], before, { cores: 2, memory: 2048, name: 'new' }, 5)

describe('changes that wait for a restart', () => {
  test('are writes of cores, memory or hardware profile to a running machine', () => {
    expect(grown).toEqual([
      { attribute: 'cores', from: 1, to: 2, at: 5 },
      { attribute: 'memory', from: 1024, to: 2048, at: 5 },
    ])
    expect(afterWrite([], { ...before, power_on: false }, { cores: 2 }, 5)).toEqual([])
    expect(['cores', 'memory', 'hardware_profile'].every(appliesAtRestart)).toBe(true)
    expect(['name', 'keymap', 'cdrom_url', 'hardware_profile_locked'].some(appliesAtRestart)).toBe(false)
  })

  test('are compared with the value that the machine runs with, even after several changes', () => {
    const twice = afterWrite(grown, { ...before, cores: 2, memory: 2048 }, { cores: 4 }, 9)
    expect(twice).toEqual([
      { attribute: 'memory', from: 1024, to: 2048, at: 5 },
      { attribute: 'cores', from: 1, to: 4, at: 9 },
    ])
    expect(afterWrite(twice, { ...before, cores: 4, memory: 2048 }, { cores: 1, memory: 1024 }, 11)).toEqual(
      [],
    )
  })

  test('are gone once a fetch shows the machine off', () => {
    expect(afterFetch(grown, { ...before, cores: 2, memory: 2048, power_on: false })).toEqual([])
  })

  test('stay the same array while the values are unchanged', () => {
    expect(afterFetch(grown, { ...before, cores: 2, memory: 2048 })).toBe(grown)
    expect(afterFetch([], before)).toEqual([])
  })

  test('no longer wait once the old value is written back, and follow other users’ changes', () => {
    expect(afterFetch(grown, { ...before, memory: 2048 })).toEqual([
      { attribute: 'memory', from: 1024, to: 2048, at: 5 },
    ])
    expect(afterFetch(grown, { ...before, cores: 8, memory: 1024 })).toEqual([
      { attribute: 'cores', from: 1, to: 8, at: 5 },
    ])
  })

  test('are described in words, with units', () => {
    expect(pendingInWords(grown)).toBe('cores 1 → 2, memory 1 GiB → 2 GiB')
    expect(pendingInWords(afterWrite([], machine(), { hardware_profile: 'virtio2013' }, 1))).toBe(
      'hardware profile none → virtio2013',
    )
  })
})
