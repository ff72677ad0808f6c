import { describe, expect, test } from 'vitest'
import { bind } from '../../actions/action.ts'
import { autorebootChange } from '../../actions/autoreboot.ts'
import { reboot, reset, stop } from '../../actions/forced.ts'
import { restart, shutDown, start } from '../../actions/power.ts'
import { machineData, REF } from '../../api/testing/machines.ts'
import { operation } from '../../operations/testing/samples.ts'
import { changedAutoreboot, powerOutlook } from './power-state.tsx'

describe('the outlook', () => {
  test.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])(
    'power_on %s, autoreboot_on %s: says of each action what its requests come to',
    (power_on, autoreboot_on) => {
      const machine = machineData({ power_on, autoreboot_on })
      const outlook = powerOutlook({ group: REF, machine })
      const said = new Map(
        outlook.flatMap(({ what, next }) => what.split(', ').map((each) => [each, next] as const)),
      )
      for (const action of [start, stop, shutDown, restart, reboot, reset]) {
        // Names every action that is available, and no other.
        expect(said.has(action.label), action.label).toBe(action.disabledReason(machine) === null)
        const next = said.get(action.label)
        if (next === undefined) continue
        const change = autorebootChange(bind(action).requests(REF, machine.vm), autoreboot_on)
        expect(/automatic restart (?:on|off)/.exec(next)?.[0], action.label).toBe(
          change === null ? undefined : `automatic restart ${change.after ? 'on' : 'off'}`,
        )
      }
      const alone = said.get(power_on ? 'Guest powers off' : 'No action')
      expect(alone?.startsWith('on')).toBe(autoreboot_on)
    },
  )

  test('groups the actions that come to the same', () => {
    const machine = machineData({ power_on: true, autoreboot_on: true })
    expect(powerOutlook({ group: REF, machine })).toEqual([
      {
        what: `${shutDown.label}, ${stop.label}`,
        next: 'off, and stays off (turns automatic restart off)',
      },
      { what: `${restart.label}, ${reboot.label}`, next: 'off, then on again' },
      { what: reset.label, next: 'stays on' },
      { what: 'Guest powers off', next: 'on again automatically' },
    ])
  })

  test('is empty for a deleted machine', () => {
    expect(powerOutlook({ group: REF, machine: machineData({ deleted: true }) })).toEqual([])
  })
})

describe('the offer to put autoreboot_on back', () => {
  const { vm } = machineData({ power_on: false, autoreboot_on: false })
  const target = { ...REF, id: vm.id, name: vm.name }
  const stopped = operation({ action: 'stop', target, autoreboot: { before: true, after: false } })

  test('stays after key presses, and after a privilege is granted on the machine', () => {
    const keys = operation({ action: 'send_keys', target })
    const privilege = operation({ action: 'grant_privilege', target })
    expect(changedAutoreboot([stopped, keys, privilege], vm)).toBe(stopped)
  })

  test('goes after another operation on the machine, a change back, and a delete', () => {
    expect(changedAutoreboot([stopped, operation({ action: 'start', target })], vm)).toBeUndefined()
    expect(changedAutoreboot([stopped], { ...vm, autoreboot_on: true })).toBeUndefined()
    expect(changedAutoreboot([stopped], { ...vm, deleted: true })).toBeUndefined()
  })

  test('is not made for an action that only sets autoreboot_on', () => {
    const set = { target, autoreboot: { before: true, after: false } }
    expect(changedAutoreboot([operation({ ...set, action: 'autoreboot_off' })], vm)).toBeUndefined()
  })
})
