import { machineActions } from '../../actions/index.ts'
import { expect, test } from 'vitest'
import { powerOutlook } from './outlook.ts'
import { autorebootChange } from '../../actions/power.ts'
import { boundBy } from '../../actions/testing/bound.ts'
import type { MachineActionName as MachineAction } from '../../actions/index.ts'
import { machineData, REF } from '../../api/testing/machines.ts'

const ACTIONS: Partial<Record<string, MachineAction>> = {
  Start: 'start',
  Stop: 'stop',
  'Shut down': 'shut_down',
  Restart: 'restart',
  Reboot: 'reboot',
  Reset: 'reset',
}

test.each([
  [true, true],
  [true, false],
  [false, true],
  [false, false],
])(
  'power_on %s, autoreboot_on %s: what is said of each action is what its requests come to',
  (power_on, autoreboot_on) => {
    const now = machineData({ power_on, autoreboot_on })
    const outlook = powerOutlook(now.vm)
    const said = new Map(
      outlook.flatMap(({ what, next }) => what.split(', ').map((each) => [each, next] as const)),
    )
    for (const [label, action] of Object.entries(ACTIONS)) {
      if (action === undefined) continue
      // What cannot be done is not spoken of, and nothing that can be is left out.
      expect(said.has(label), label).toBe(machineActions[action].disabledReason(now) === null)
      const next = said.get(label) ?? ''
      const change = autorebootChange(boundBy(action).requests(REF, now.vm), autoreboot_on)
      if (said.has(label)) {
        expect(/becomes (?:yes|no)/.exec(next)?.[0], label).toBe(
          change === null ? undefined : `becomes ${change.after ? 'yes' : 'no'}`,
        )
      }
    }
    const alone = said.get(power_on ? 'Powered off from inside' : 'Left alone')
    expect(alone?.startsWith('on')).toBe(autoreboot_on)
  },
)

test('of a deleted machine nothing is said', () => {
  expect(powerOutlook(machineData({ deleted: true }).vm)).toEqual([])
})
