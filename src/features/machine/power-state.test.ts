import { describe, expect, test } from 'vitest'
import { bind } from '../../actions/action.ts'
import { autorebootChange } from '../../actions/autoreboot.ts'
import { reboot, reset, stop } from '../../actions/forced.ts'
import { restart, shutDown, start } from '../../actions/power.ts'
import { machineData, REF } from '../../api/testing/machines.ts'
import { powerOutcomes } from './power-state.tsx'

describe('the list of what each power action does', () => {
  test.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])(
    'matches the requests of each action for power_on %s and autoreboot_on %s',
    (power_on, autoreboot_on) => {
      const machine = machineData({ power_on, autoreboot_on })
      const listed = powerOutcomes({ group: REF, machine })
      const outcomes = new Map(
        listed.flatMap(({ event, outcome }) => event.split(', ').map((each) => [each, outcome] as const)),
      )
      for (const action of [start, stop, shutDown, restart, reboot, reset]) {
        // The list must have every available action, and no other.
        expect(outcomes.has(action.label), action.label).toBe(action.disabledReason(machine) === null)
        const outcome = outcomes.get(action.label)
        if (outcome === undefined) continue
        const change = autorebootChange(bind(action).requests(REF, machine.vm), autoreboot_on)
        expect(/automatic restart (?:on|off)/.exec(outcome)?.[0], action.label).toBe(
          change === null ? undefined : `automatic restart ${change.after ? 'on' : 'off'}`,
        )
      }
      const unattended = outcomes.get(power_on ? 'Guest powers off' : 'No action')
      expect(unattended?.startsWith('on')).toBe(autoreboot_on)
    },
  )

  test('groups actions that have the same outcome', () => {
    const machine = machineData({ power_on: true, autoreboot_on: true })
    expect(powerOutcomes({ group: REF, machine })).toEqual([
      {
        event: `${shutDown.label}, ${stop.label}`,
        outcome: 'off, and stays off (turns automatic restart off)',
      },
      { event: `${restart.label}, ${reboot.label}`, outcome: 'off, then on again' },
      { event: reset.label, outcome: 'stays on' },
      { event: 'Guest powers off', outcome: 'on again automatically' },
    ])
  })

  test('is empty for a deleted machine', () => {
    expect(powerOutcomes({ group: REF, machine: machineData({ deleted: true }) })).toEqual([])
  })
})
