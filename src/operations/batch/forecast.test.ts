import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { simpleActions, type SimpleActionName } from '../../actions/index.ts'
import { machine, REF } from '../../api/testing/machines.ts'
import { operation } from '../testing/samples.ts'
import {
  changedSentence,
  countActing,
  differences,
  forecast,
  forecastSentence,
  listedState,
  type Candidate,
} from './forecast.ts'

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
const of = (action: SimpleActionName, candidates: readonly Candidate[]) =>
  forecast(simpleActions[action], candidates, nothing, 0)
const FIVE = all('running', 'running, to stay off', 'restarting', 'stopped', 'deleted')

describe('the forecast of an action', () => {
  test.each([
    ['start', 'Start 2; skipped: 2 already running, 1 deleted.'],
    ['stop', 'Force stop 3; skipped: 1 already stopped, 1 deleted.'],
    ['shut_down', 'Shut down 2; skipped: 1 off until BigV turns them back on, 1 not running, 1 deleted.'],
    ['delete', 'Delete 4; skipped: 1 already deleted.'],
    ['undelete', 'Undelete 1; skipped: 4 not deleted.'],
    ['purge', 'Purge 5.'],
    ['autoreboot_on', 'Turn on automatic restart for 2; skipped: 2 already on, 1 deleted.'],
    ['autoreboot_off', 'Turn off automatic restart for 2; skipped: 2 already off, 1 deleted.'],
  ] as const)('counts the machines that %s acts on or skips: “%s”', (action, sentence) => {
    expect(forecastSentence(simpleActions[action], of(action, FIVE))).toBe(sentence)
  })

  test('skips machines that are gone or busy with another action', () => {
    const candidates = all('stopped', 'gone', 'stopped')
    const now = forecast(simpleActions.start, candidates, busy, 10_000)
    expect(forecastSentence(simpleActions.start, now)).toBe(
      'Start 1; skipped: 1 busy with another action, 1 not found, or no access.',
    )
  })

  test('groups the requests that have the same method, path and body, and counts them', () => {
    const path = '/accounts/acme/groups/default/virtual_machines/ID'
    expect(of('shut_down', FIVE).patterns).toEqual([
      { method: 'PUT', path, body: { autoreboot_on: false }, count: 1 },
      { method: 'POST', path: `${path}/signal`, body: { signal: 'powerdown' }, count: 2 },
    ])
    expect(of('purge', FIVE).patterns).toEqual([
      { method: 'DELETE', path: `${path}?purge=true`, body: undefined, count: 5 },
    ])
    const staging = { ...all('stopped')[0]!, ref: { ...REF, group: 'staging' }, id: 9 }
    expect(of('start', [...FIVE, staging]).patterns.map(({ count }) => count)).toEqual([2, 1])
  })

  test('counts the changes of autoreboot_on, and the machines in each state', () => {
    expect(of('start', FIVE)).toMatchObject({
      autoreboot: { to: true, count: 1 },
      states: [
        { state: 'restarting', count: 1 },
        { state: 'stopped', count: 1 },
      ],
    })
    expect(of('reset', FIVE).autoreboot).toBeNull()
  })

  test('names machines whose state, name, autoreboot_on or disabled reason has changed', () => {
    const before = of('start', all('stopped', 'stopped', 'running', 'stopped'))
    expect(differences(before, of('start', all('stopped', 'stopped', 'running', 'stopped')))).toEqual([])
    const now = all('stopped', 'restarting', 'deleted', 'running')
    expect(differences(before, of('start', now)).map(({ id }) => id)).toEqual([2, 4, 3])
  })

  test.each([
    [1, 'web1 changed while this dialog was open.'],
    [2, 'web1, web2 changed while this dialog was open.'],
    [5, 'web1, web2, web3, web4, web5 changed while this dialog was open.'],
    [6, 'web1, web2, web3, web4, web5 and 1 more changed while this dialog was open.'],
  ])('names at most five machines if %i have changed', (count, sentence) => {
    expect(changedSentence(all(...Array<'running'>(count).fill('running')))).toBe(sentence)
  })

  test('lists every machine once, and acts on none for which the action is disabled', () => {
    const actions: SimpleActionName[] = [
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
          const candidates = all(...states)
          const { act, skipped, states: counted } = of(action, candidates)
          const ids = [...act, ...skipped.flatMap(({ machines }) => machines)].map(({ id }) => id)
          expect(ids.toSorted((a, b) => a - b)).toEqual(states.map((_, at) => at + 1))
          const rows = candidates.flatMap(({ ref, vm }) => (vm === null ? [] : [{ group: ref, vm }]))
          expect(countActing(simpleActions[action], rows, nothing, () => false, 0)).toBe(act.length)
          for (const { vm } of act)
            expect(simpleActions[action].disabledReason({ vm, creating: false })).toBeNull()
          expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(act.length)
          for (const { state, count } of counted) {
            expect(act.filter(({ vm }) => listedState(vm) === state)).toHaveLength(count)
          }
        },
      ),
    )
  })
})

const AS = (['running', 'stopped', 'restarting', 'deleted'] as const).map((state) => machine(STATES[state]))

test.each([
  ['start', [true, false, false, false, false]],
  ['shut_down', [false, true, false, false, false]],
  ['stop', [false, true, false, false, false]],
  ['autoreboot_on', [true, false, true, false, false]],
  ['autoreboot_off', [false, true, false, false, false]],
  ['delete', [false, false, false, true, false]],
  ['undelete', [true, true, true, false, false]],
  ['purge', [false, false, false, false, true]],
] as const)('a %s is needed only in those states of a machine that it changes', (name, wanted) => {
  expect([...AS, null].map((vm) => simpleActions[name].isAchieved?.(vm))).toEqual(wanted)
})

test.each(['restart', 'reboot', 'reset'] as const)(
  'no state of a machine shows that a %s was done',
  (name) => {
    expect(AS.map((vm) => simpleActions[name].isAchieved?.(vm) ?? null)).toEqual([null, null, null, null])
  },
)
