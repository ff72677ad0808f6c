import { expect, test } from 'vitest'
import { bind } from '../../actions/action.ts'
import { autorebootChange } from '../../actions/autoreboot.ts'
import { reboot, reset, stop } from '../../actions/forced.ts'
import { restart, shutDown, start } from '../../actions/power.ts'
import { machineData, REF } from '../../api/testing/machines.ts'
import { hintOf } from './action-hints.ts'

const hint = (action: Parameters<typeof hintOf>[0], power_on: boolean, autoreboot_on: boolean) =>
  hintOf(action, { group: REF, machine: machineData({ power_on, autoreboot_on }) })

test.each([
  [true, true],
  [true, false],
  [false, true],
  [false, false],
])('matches the requests of each action for power_on %s and autoreboot_on %s', (power_on, autoreboot_on) => {
  const machine = machineData({ power_on, autoreboot_on })
  for (const action of [start, stop, shutDown, restart, reboot, reset]) {
    if (action.disabledReason(machine) !== null) continue
    const change = autorebootChange(bind(action).requests(REF, machine.vm), autoreboot_on)
    const text = hint(action, power_on, autoreboot_on) ?? ''
    expect(text.includes('restarts automatically from then on'), action.label).toBe(change?.after === true)
    expect(text.includes('Stays off'), action.label).toBe(action.leavesOff === true)
    if (change?.after === false) expect(text, action.label).toContain('Stays off')
    expect(text.includes('unsaved data is lost'), action.label).toBe(power_on && action.menu === 'forced')
  }
})

test('says what happens next to a running machine that doesn’t restart automatically', () => {
  expect([shutDown, stop, restart, reboot, reset].map((action) => hint(action, true, false))).toEqual([
    'Graceful: the guest decides when. Stays off.',
    'Forced: unsaved data is lost. Stays off.',
    'Graceful: the guest decides when. Then on again, and restarts automatically from then on.',
    'Forced: unsaved data is lost. Then on again, and restarts automatically from then on.',
    'Forced: unsaved data is lost.',
  ])
})
