import { describe, expect, test } from 'vitest'
import {
  actions,
  machineActions,
  type ActionName,
  type MachineActionName as MachineAction,
} from '../actions/index.ts'
import { STATES } from '../api/testing/machines.ts'
import { busyReason, machineDisabledReason } from './disabled-reason.ts'
import type { Operation } from './operation.ts'
import { operation } from './testing/samples.ts'

const NOT_RUNNING = 'Not running.'
const COMING_BACK = 'Off for now: BigV is turning the machine back on.'
const DELETED = 'Deleted. Undelete it first.'
const CREATING = 'Still being created.'

type Row = Record<keyof typeof STATES, string | null>
const dead = { deleted: DELETED, 'deleted, but on': DELETED }
const needsRunning: Row = {
  running: null,
  'running, to stay off': null,
  restarting: COMING_BACK,
  stopped: NOT_RUNNING,
  creating: CREATING,
  ...dead,
}
const NOT_DELETED = 'Not deleted.'
const changeable: Row = {
  running: null,
  'running, to stay off': null,
  restarting: null,
  stopped: null,
  creating: CREATING,
  ...dead,
}
const anyNotDeleted: Row = { ...changeable, creating: null }
const RUNNING = 'The machine is running. Shut it down before you move a disc to another machine.'
const RESTARTING =
  'BigV is turning the machine back on. Force stop it before you move a disc to another machine.'
const TABLE: Record<MachineAction, Row> = {
  move_disc: {
    running: RUNNING,
    'running, to stay off': RUNNING,
    restarting: RESTARTING,
    stopped: null,
    creating: CREATING,
    ...dead,
  },
  start: {
    running: 'Already running.',
    'running, to stay off': 'Already running.',
    restarting: null,
    stopped: null,
    creating: CREATING,
    ...dead,
  },
  stop: {
    running: null,
    'running, to stay off': null,
    restarting: null,
    stopped: 'Already stopped.',
    creating: CREATING,
    ...dead,
  },
  reboot: needsRunning,
  shut_down: needsRunning,
  restart: needsRunning,
  reset: needsRunning,
  send_keys: needsRunning,
  autoreboot_on: anyNotDeleted,
  autoreboot_off: anyNotDeleted,
  delete: {
    running: null,
    'running, to stay off': null,
    restarting: null,
    stopped: null,
    creating: CREATING,
    deleted: 'Already deleted.',
    'deleted, but on': 'Already deleted.',
  },
  undelete: {
    running: NOT_DELETED,
    'running, to stay off': NOT_DELETED,
    restarting: NOT_DELETED,
    stopped: NOT_DELETED,
    creating: NOT_DELETED,
    deleted: null,
    'deleted, but on': null,
  },
  purge: {
    running: null,
    'running, to stay off': null,
    restarting: null,
    stopped: null,
    creating: null,
    deleted: null,
    'deleted, but on': null,
  },
  reimage: {
    running: 'The machine is running. Shut it down to re-image it.',
    'running, to stay off': 'The machine is running. Shut it down to re-image it.',
    restarting: 'BigV is turning the machine back on. Force stop it to re-image it.',
    stopped: null,
    creating: CREATING,
    ...dead,
  },
  rescue: {
    running: 'The machine is running. Shut it down to start the rescue system.',
    'running, to stay off': 'The machine is running. Shut it down to start the rescue system.',
    restarting: 'BigV is turning the machine back on. Force stop it to start the rescue system.',
    stopped: null,
    creating: CREATING,
    ...dead,
  },
  change: changeable,
  add_disc: changeable,
  change_disc: changeable,
  purge_disc: changeable,
  request_ips: changeable,
  set_rdns: { ...changeable, creating: null },
  backup_disc: changeable,
  schedule_backups: changeable,
  swap_ips: changeable,
}

const rows = Object.entries(TABLE).flatMap(([action, row]) =>
  Object.entries(row).map(
    ([state, disabledReason]) =>
      [action as MachineAction, state as keyof typeof STATES, disabledReason] as const,
  ),
)

describe('the reason why an action is disabled', () => {
  test.each(rows)('for %s on a machine that is %s is: %s', (action, state, disabledReason) => {
    expect(machineActions[action].disabledReason(STATES[state])).toBe(disabledReason)
    expect(machineDisabledReason(machineActions[action], STATES[state], undefined, false, 0)).toBe(
      disabledReason,
    )
  })

  test('mentions read-only mode first, then the running operation, then the state', () => {
    const busy = operation({ action: 'start', phase: 'sending' })
    expect(machineDisabledReason(machineActions.start, STATES.running, busy, true, 0)).toBe(
      'Read-only mode is on. Turn it off to make changes.',
    )
    expect(machineDisabledReason(machineActions.start, STATES.running, busy, false, 0)).toBe(
      '“Start” is still running.',
    )
    expect(machineDisabledReason(machineActions.start, STATES.running, undefined, false, 0)).toBe(
      'Already running.',
    )
  })
})

const ACTIONS = Object.keys(actions) as ActionName[]
const PHASES = ['checking', 'sending', 'signing in', 'asking'] as const satisfies Operation['phase'][]
const BLOCKING_NOTHING = ['send_keys', 'grant_privilege', 'change_privilege', 'revoke_privilege']
const SOON = 11_000
const LATE = 10_000 + 15 * 60_000

/** The actions that are allowed while the operation runs. */
const allowed = (running: Operation, now: number) =>
  ACTIONS.filter((action) => busyReason(actions[action], running, now) === null)

describe('busyReason', () => {
  test('allows every action if no operation is running', () => {
    expect(ACTIONS.every((action) => busyReason(actions[action], undefined, SOON) === null)).toBe(true)
  })

  test.each(PHASES)('allows only actions that block nothing while another is in the phase “%s”', (phase) => {
    for (const action of ACTIONS) {
      expect(allowed(operation({ action, phase }), SOON), action).toEqual(BLOCKING_NOTHING)
      expect(allowed(operation({ action, phase }), LATE), action).toEqual(BLOCKING_NOTHING)
    }
  })

  test('allows Force stop and Reset as well while another action is queued, and cancels that', () => {
    for (const action of ACTIONS) {
      expect(new Set(allowed(operation({ action, phase: 'queued' }), SOON)), action).toEqual(
        new Set(['stop', 'reset', ...BLOCKING_NOTHING]),
      )
    }
  })

  test('doesn’t allow Force stop if another action is queued in another tab', () => {
    const theirs = operation({ action: 'reimage', phase: 'queued', otherTab: true })
    expect(allowed(theirs, SOON)).toEqual(BLOCKING_NOTHING)
  })

  test('allows what replaces a waiting operation, and every action once it is overdue', () => {
    for (const action of ACTIONS) {
      const replaceable = ['start', 'shut_down', 'restart', 'reboot'].includes(action)
      const through = ACTIONS.filter((each) => replaceable && (each === 'stop' || each === 'reset'))
      expect(new Set(allowed(operation({ action }), SOON)), action).toEqual(
        new Set([...through, ...BLOCKING_NOTHING]),
      )
      // Actions that are done with BigV's answer never become overdue.
      if (actions[action].watch !== null)
        expect(allowed(operation({ action }), LATE), action).toEqual(ACTIONS)
    }
  })

  test('names the running operation', () => {
    expect(busyReason(actions.start, operation({ action: 'shut_down' }), SOON)).toBe(
      '“Shut down” is still running.',
    )
    expect(busyReason(actions.start, operation({ action: 'reimage', phase: 'queued' }), SOON)).toBe(
      '“Re-image” is queued.',
    )
    expect(busyReason(actions.stop, operation({ action: 'reimage', phase: 'queued' }), SOON)).toBeNull()
  })
})
