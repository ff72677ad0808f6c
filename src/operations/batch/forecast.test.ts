import { machineActions } from '../../actions/index.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { machine, REF } from '../../api/testing/machines.ts'
import { operation } from '../testing/samples.ts'
import { differences, forecast, forecastSentence, listedState, type Candidate } from './forecast.ts'
import type { SimpleActionName as BulkAction } from '../../actions/index.ts'
import type { Task } from './task.ts'

const STATES = {
  running: {},
  'running, to stay off': { autoreboot_on: false },
  restarting: { power_on: false },
  stopped: { power_on: false, autoreboot_on: false },
  deleted: { power_on: false, autoreboot_on: false, deleted: true },
} as const

const all = (...states: readonly (keyof typeof STATES | 'gone')[]): Candidate[] =>
  states.map((state, at) => {
    const [id, name] = [at + 1, `web${at + 1}`]
    return { ref: REF, id, name, vm: state === 'gone' ? null : machine({ id, name, ...STATES[state] }) }
  })
const nothing = () => undefined
const busy = (id: number) => (id === 3 ? operation({ action: 'start', phase: 'sending' }) : undefined)
const foretell = (task: Task, candidates: readonly Candidate[]) => forecast(task, candidates, nothing, 0)
const say = (task: Task, candidates: readonly Candidate[]) =>
  forecastSentence(task, foretell(task, candidates))
const FIVE = all('running', 'running, to stay off', 'restarting', 'stopped', 'deleted')

describe('the forecast of a task', () => {
  test.each([
    [{ action: 'start' }, 'Start 2; 2 already run and are left alone; 1 is deleted.'],
    [{ action: 'stop' }, 'Force stop 3; 1 is stopped already and is left alone; 1 is deleted.'],
    [
      { action: 'shut_down' },
      'Shut down 2; 1 is off just now, until BigV has turned it on again, and is left alone; 1 is not running; 1 is deleted.',
    ],
    [{ action: 'delete' }, 'Delete 4; 1 is deleted already and is left alone.'],
    [{ action: 'undelete' }, 'Restore 1; 4 are not deleted and are left alone.'],
    [{ action: 'purge' }, 'Purge 5.'],
    [
      { action: 'autoreboot_on' },
      'Turn autoreboot on for 2; 2 have it on already and are left alone; 1 is deleted.',
    ],
    [
      { action: 'autoreboot_off' },
      'Turn autoreboot off for 2; 2 have it off already and are left alone; 1 is deleted.',
    ],
  ] as const)('%j is said by state', (task, sentence) => {
    expect(say(task, FIVE)).toBe(sentence)
  })

  test('leaves alone what is gone, and what has another change running', () => {
    const candidates = all('stopped', 'gone', 'stopped')
    const foretold = forecast({ action: 'start' }, candidates, busy, 10_000)
    expect(forecastSentence({ action: 'start' }, foretold)).toBe(
      'Start 1; 1 has another change running and is left alone; 1 is gone, or not yours to see.',
    )
  })

  test('has the requests by their shape, and how many of each', () => {
    const path = '/accounts/acme/groups/default/virtual_machines/ID'
    expect(foretell({ action: 'shut_down' }, FIVE).patterns).toEqual([
      { method: 'PUT', path, body: { autoreboot_on: false }, count: 1 },
      { method: 'POST', path: `${path}/signal`, body: { signal: 'powerdown' }, count: 2 },
    ])
    expect(foretell({ action: 'purge' }, FIVE).patterns).toEqual([
      { method: 'DELETE', path: `${path}?purge=true`, body: undefined, count: 5 },
    ])
    const staging = { ...all('stopped')[0]!, ref: { ...REF, group: 'staging' }, id: 9 }
    expect(foretell({ action: 'start' }, [...FIVE, staging]).patterns.map(({ count }) => count)).toEqual([
      2, 1,
    ])
  })

  test('says whose autoreboot_on changes, and in which states they are', () => {
    expect(foretell({ action: 'start' }, FIVE)).toMatchObject({
      autoreboot: { to: true, count: 1 },
      states: [
        { state: 'restarting', count: 1 },
        { state: 'stopped', count: 1 },
      ],
    })
    expect(foretell({ action: 'reset' }, FIVE).autoreboot).toBeNull()
  })

  test('differs where a machine has another state, name, autoreboot_on or reason', () => {
    const before = foretell({ action: 'start' }, all('stopped', 'stopped', 'running', 'stopped'))
    expect(
      differences(before, foretell({ action: 'start' }, all('stopped', 'stopped', 'running', 'stopped'))),
    ).toEqual([])
    const now = all('stopped', 'restarting', 'deleted', 'running')
    expect(differences(before, foretell({ action: 'start' }, now)).map(({ id }) => id)).toEqual([2, 4, 3])
  })

  test('puts every machine in one place, and acts on none that would be refused', () => {
    const actions: BulkAction[] = [
      'start',
      'stop',
      'shut_down',
      'restart',
      'reboot',
      'reset',
      'delete',
      'undelete',
      'purge',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...actions),
        fc.array(fc.constantFrom(...(Object.keys(STATES) as (keyof typeof STATES)[]), 'gone' as const)),
        (action, states) => {
          const { act, left, states: counted } = foretell({ action }, all(...states))
          const ids = [...act, ...left.flatMap(({ machines }) => machines)].map(({ id }) => id)
          expect(ids.toSorted((a, b) => a - b)).toEqual(states.map((_, at) => at + 1))
          for (const { vm } of act)
            expect(machineActions[action].disabledReason({ vm, creating: false })).toBeNull()
          expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(act.length)
          for (const { state, count } of counted) {
            expect(act.filter(({ vm }) => listedState(vm) === state)).toHaveLength(count)
          }
        },
      ),
    )
  })
})
