import { describe, expect, test } from 'vitest'
import { busyReason } from './disabled-reason.ts'
import type { Action, Operation } from './operation.ts'
import { operation } from './testing/samples.ts'
import { actions } from '../actions/index.ts'

const ACTIONS = Object.keys(actions) as Action[]
const PHASES = ['checking', 'sending', 'signing in', 'asking'] as const satisfies Operation['phase'][]
const ASIDE = ['send_keys', 'grant_privilege', 'change_privilege', 'revoke_privilege']
const SOON = 11_000
const LATE = 10_000 + 15 * 60_000

/** The actions that are let through beside the operation. */
const letThrough = (running: Operation, now: number) =>
  ACTIONS.filter((action) => busyReason(actions[action], running, now) === null)

describe('beside an operation running', () => {
  test('everything goes where there is none', () => {
    expect(ACTIONS.every((action) => busyReason(actions[action], undefined, SOON) === null)).toBe(true)
  })

  test.each(ACTIONS.flatMap((action) => PHASES.map((phase) => [action, phase] as const)))(
    'a %s that is in the phase “%s” holds up all but what is aside, however long it takes',
    (action, phase) => {
      expect(letThrough(operation({ action, phase }), SOON)).toEqual(ASIDE)
      expect(letThrough(operation({ action, phase }), LATE)).toEqual(ASIDE)
    },
  )

  test.each(ACTIONS)(
    'a %s that waits lets through what may replace it, and everything once it is overdue',
    (action) => {
      const replaceable = ['start', 'shut_down', 'restart', 'reboot'].includes(action)
      const through = ACTIONS.filter((each) => replaceable && (each === 'stop' || each === 'reset'))
      expect(new Set(letThrough(operation({ action }), SOON))).toEqual(new Set([...through, ...ASIDE]))
      // What is done with its answer is never overdue.
      if (actions[action].watch !== null) expect(letThrough(operation({ action }), LATE)).toEqual(ACTIONS)
    },
  )

  test('the reason names what is running', () => {
    expect(busyReason(actions.start, operation({ action: 'shut_down' }), SOON)).toBe(
      '“Shut down” is still running.',
    )
  })
})
