import { describe, expect, test } from 'vitest'
import { actions, type ActionName } from '../actions/index.ts'
import { machineData, STATES } from '../api/testing/machines.ts'
import { isOverdue, type Operation } from './operation.ts'
import { facetOf, inWords, powerSentence, stateOf } from './state.ts'
import { operation } from './testing/samples.ts'

/** The kind and the word of the machine's state. */
function seen(state: keyof typeof STATES, running?: Operation) {
  const { vm, creating } = STATES[state]
  const { kind, word } = stateOf(vm, creating, running)
  return `${kind}: ${word}`
}

describe('the state of a machine', () => {
  test.each([
    ['running', 'running: Running'],
    ['running, to stay off', 'running: Running'],
    ['restarting', 'restarting: Restarting'],
    ['stopped', 'stopped: Stopped'],
    ['deleted', 'deleted: Deleted'],
    ['deleted, but on', 'deleted: Deleted'],
    ['creating', 'moving: Creating…'],
  ] as const)('of a machine that is “%s” is shown as “%s”', (state, expected) => {
    expect(seen(state)).toBe(expected)
  })

  test.each([
    ['running', false, 'running'],
    ['stopped', false, 'stopped'],
    ['restarting', false, 'changing'],
    ['restarting', true, 'stopped'],
    ['deleted', true, 'deleted'],
    ['creating', false, 'changing'],
  ] as const)('counts a machine that is “%s” (should be on: %s) as %s', (state, shouldBeOn, facet) => {
    const { vm, creating } = STATES[state]
    expect(facetOf(stateOf(vm, creating, undefined), shouldBeOn)).toBe(facet)
  })

  test.each<[ActionName, string]>([
    ['start', 'Starting…'],
    ['stop', 'Stopping…'],
    ['reboot', 'Rebooting…'],
    ['shut_down', 'Shutting down…'],
    ['restart', 'Restarting…'],
    ['reset', 'Resetting…'],
    ['create', 'Creating…'],
  ])('is shown during a running %s as “%s”', (action, word) => {
    for (const phase of ['sending', 'waiting'] as const) {
      for (const state of ['running', 'restarting', 'stopped', 'creating'] as const) {
        expect(seen(state, operation({ action, phase }))).toBe(`moving: ${word}`)
      }
      expect(seen('deleted', operation({ action, phase }))).toBe('deleted: Deleted')
    }
  })

  test('has the time since which it has been changing', () => {
    const { vm, creating } = STATES.stopped
    expect(stateOf(vm, creating, operation({ begunAt: 42 })).since).toBe(42)
    expect(stateOf(vm, creating, undefined).since).toBeNull()
  })

  test.each(['checking', 'signing in', 'asking', 'ended'] as const)(
    'isn’t shown as changing while an operation is in the phase “%s”',
    (phase) => {
      expect(seen('stopped', operation({ phase }))).toBe('stopped: Stopped')
    },
  )

  test('is shown as “Queued” while an operation is queued', () => {
    expect(seen('running', operation({ action: 'reimage', phase: 'queued' }))).toBe('moving: Queued')
    expect(seen('running', operation({ action: 'autoreboot_on', phase: 'queued' }))).toBe('running: Running')
  })

  test.each<ActionName>(['send_keys', 'autoreboot_on'])(
    'isn’t shown as changing during a running %s',
    (action) => {
      expect(seen('running', operation({ action }))).toBe('running: Running')
    },
  )

  test('is described by words that fit into a sentence', () => {
    expect(inWords(machineData({ autoreboot_on: false }))).toBe('Running, automatic restart off')
    expect(inWords(STATES.creating)).toBe('Creating…, automatic restart on')
  })
})

describe('an operation', () => {
  test('becomes overdue after the time that its action allows', () => {
    const minute = 60_000
    const overdueAfter = Object.fromEntries(
      Object.entries(actions).map(([name, each]) => [name, each.watch?.overdueAfter ?? null]),
    )
    expect(overdueAfter).toEqual({
      start: minute,
      stop: minute,
      reboot: minute,
      shut_down: 2 * minute,
      restart: 3 * minute,
      reset: null,
      send_keys: null,
      autoreboot_on: minute,
      autoreboot_off: minute,
      move_disc: minute,
      create: 15 * minute,
      delete: minute,
      undelete: minute,
      purge: minute,
      reimage: 15 * minute,
      rescue: minute,
      change: minute,
      add_disc: minute,
      change_disc: minute,
      purge_disc: minute,
      request_ips: null,
      set_rdns: null,
      create_group: null,
      rename_group: null,
      delete_group: null,
      set_keys: null,
      swap_ips: minute,
      backup_disc: minute,
      schedule_backups: minute,
      grant_privilege: null,
      change_privilege: null,
      revoke_privilege: null,
    })
  })

  test('becomes overdue that long after the last answer or after “Keep waiting”', () => {
    const shutDown = operation({ action: 'shut_down', begunAt: 0, patienceFrom: 10_000 })
    expect(isOverdue(shutDown, 129_999)).toBe(false)
    expect(isOverdue(shutDown, 130_000)).toBe(true)
    expect(isOverdue({ ...shutDown, patienceFrom: 130_000 }, 249_999)).toBe(false)
  })

  test('becomes overdue only while it waits for its result', () => {
    for (const phase of ['checking', 'sending', 'signing in', 'asking', 'ended'] as const) {
      expect(isOverdue(operation({ phase }), 1e9)).toBe(false)
    }
    expect(isOverdue(operation({ action: 'reset' }), 1e9)).toBe(false)
  })
})

describe('the sentence about a machine’s power', () => {
  const off = { power_on: false, autoreboot_on: true }

  test('says that a machine is being created, not that BigV turns it back on', () => {
    expect(powerSentence(off, true)).toBe('BigV is creating the machine.')
    expect(powerSentence(off, false, operation({ action: 'create' }))).toBe('BigV is creating the machine.')
    expect(powerSentence(off)).toBe('Off. BigV is turning the machine back on.')
  })

  test('doesn’t say that a machine stays off while an action turns it on', () => {
    const vm = { ...off, autoreboot_on: false }
    expect(powerSentence(vm, false, operation({ action: 'reimage' }))).toBe('Off.')
    expect(powerSentence(vm, false, operation({ phase: 'sending' }))).toBe('Off.')
    expect(powerSentence(vm, false, operation({ phase: 'checking' }))).toBe(
      'Off. It stays off until you start it.',
    )
  })
})
