import type { MachineReading } from '../api/virtual-machines.ts'
import type { MachineAction } from './requests.ts'

type Rule = (reading: MachineReading) => string | null

const DELETED = 'It is deleted. Restore it first.'
const CREATING = 'It is still being created.'
/** Up to 8 discs per machine (API reference, "Discs"). */
export const MOST_DISCS = 8

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

const notDeleted: Rule = ({ vm }) => (vm.deleted ? DELETED : null)

/**
 * For each action: takes a machine as it was last read and returns why the action cannot be done, or null. The same
 * sentence disables the control, describes it, and guards the operation (design: the table of operations).
 */
export const refusals: Record<MachineAction, Rule> = {
  start: existing(({ vm }) => (vm.power_on ? 'It is running already.' : null)),
  stop: existing(({ vm }) => (vm.power_on || vm.autoreboot_on ? null : 'It is stopped already.')),
  reboot: running,
  shut_down: running,
  restart: running,
  reset: running,
  send_keys: running,
  set_autoreboot: notDeleted,
  delete: ({ vm, creating }) => (vm.deleted ? 'It is deleted already.' : creating ? CREATING : null),
  undelete: ({ vm }) => (vm.deleted ? null : 'It is not deleted.'),
  purge: () => null,
  // Only against a machine that is powered off (seed document, "Reimage").
  reimage: existing(({ vm }) => {
    if (vm.power_on) return 'It is running. Shut it down to re-image it.'
    return vm.autoreboot_on ? 'BigV is turning it on again. Stop it to re-image it.' : null
  }),
  // It has to be off, for the rescue system to be what it starts with (official client: it shuts it down first).
  rescue: existing(({ vm }) => {
    if (vm.power_on) return 'It is running. Shut it down to start the rescue system.'
    return vm.autoreboot_on ? 'BigV is turning it on again. Stop it to start the rescue system.' : null
  }),
  change: existing(() => null),
  // While it is deleted, its discs and NICs cannot be changed (API reference, "Delete, undelete, purge").
  add_disc: existing(({ vm }) =>
    (vm.discs?.length ?? 0) >= MOST_DISCS ? 'It has eight discs already, which is the most.' : null,
  ),
  change_disc: existing(() => null),
  purge_disc: existing(() => null),
  request_ips: existing(() => null),
  set_rdns: notDeleted,
  backup_disc: existing(() => null),
  schedule_backups: existing(() => null),
  swap_ips: existing(() => null),
}
