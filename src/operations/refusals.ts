import type { MachineReading } from '../api/virtual-machines.ts'
import type { Action } from './operation.ts'

type Rule = (reading: MachineReading) => string | null

const DELETED = 'It is deleted. Restore it first.'
const CREATING = 'It is still being created.'

const existing =
  (rule: Rule): Rule =>
  (reading) => {
    if (reading.vm.deleted) return DELETED
    return reading.creating ? CREATING : rule(reading)
  }

// Signals, and what goes by the guest, need a machine that is on (seed document, "Signal").
const running = existing(({ vm }) => {
  if (vm.power_on) return null
  return vm.autoreboot_on ? 'It is off just now; BigV is turning it on again.' : 'It is not running.'
})

/**
 * For each action: takes a machine as it was last read and returns why the action cannot be done, or null. The same
 * sentence disables the control, describes it, and guards the operation (design: the table of operations).
 */
export const refusals: Record<Exclude<Action, 'create'>, Rule> = {
  start: existing(({ vm }) => (vm.power_on ? 'It is running already.' : null)),
  stop: existing(({ vm }) => (vm.power_on || vm.autoreboot_on ? null : 'It is stopped already.')),
  reboot: running,
  shut_down: running,
  restart: running,
  reset: running,
  send_keys: running,
  set_autoreboot: ({ vm }) => (vm.deleted ? DELETED : null),
}
