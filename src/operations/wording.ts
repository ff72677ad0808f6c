import type { VirtualMachine } from '../api/virtual-machine.ts'
import type { Action, Operation } from './operation.ts'
import type { MachineAction } from './requests.ts'

interface Words {
  /** On the button. */
  label: string
  /** The state while it is in flight, or null where the action shows no state of its own. */
  moving: string | null
  /** What is said when it is done, after the machine's name. */
  done: string
}

/** How each action is called, in a button, as a state, and when it is done. */
export const words: Record<Action, Words> = {
  start: { label: 'Start', moving: 'Starting…', done: 'is running' },
  stop: { label: 'Stop', moving: 'Stopping…', done: 'is stopped' },
  reboot: { label: 'Reboot', moving: 'Rebooting…', done: 'was rebooted and is running' },
  shut_down: { label: 'Shut down', moving: 'Shutting down…', done: 'has shut down' },
  restart: { label: 'Restart', moving: 'Restarting…', done: 'was restarted and is running' },
  reset: { label: 'Reset', moving: 'Resetting…', done: 'was reset' },
  send_keys: { label: 'Send keys', moving: null, done: 'was sent the keys' },
  set_autoreboot: { label: 'Set autoreboot', moving: null, done: 'has the new autoreboot_on' },
  create: { label: 'Create', moving: 'Creating…', done: 'was created' },
  delete: { label: 'Delete', moving: 'Deleting…', done: 'is deleted; it can be restored' },
  undelete: { label: 'Restore', moving: 'Restoring…', done: 'is restored; it is off' },
  purge: { label: 'Purge', moving: 'Purging…', done: 'is gone for good' },
  reimage: { label: 'Re-image', moving: 'Re-imaging…', done: 'was re-imaged and is running' },
  rescue: { label: 'Start rescue', moving: 'Starting rescue…', done: 'is running' },
  change: { label: 'Change', moving: 'Changing…', done: 'was changed' },
  add_disc: { label: 'Add disc', moving: null, done: 'has a new disc' },
  change_disc: { label: 'Change disc', moving: null, done: 'has its disc changed' },
  purge_disc: { label: 'Purge disc', moving: null, done: 'has a disc less' },
  request_ips: { label: 'Request addresses', moving: null, done: 'has additional addresses' },
  set_rdns: { label: 'Set reverse DNS', moving: null, done: 'has its reverse DNS changed' },
  create_group: { label: 'Create group', moving: null, done: 'was created' },
  rename_group: { label: 'Rename group', moving: null, done: 'was renamed' },
  delete_group: { label: 'Delete group', moving: null, done: 'was deleted' },
  swap_ips: { label: 'Swap addresses', moving: null, done: 'has swapped addresses' },
  backup_disc: { label: 'Back up disc', moving: null, done: 'has a new backup' },
  schedule_backups: { label: 'Schedule backups', moving: null, done: 'has a new schedule of backups' },
  grant_privilege: { label: 'Grant privilege', moving: null, done: 'was granted' },
  change_privilege: { label: 'Change privilege', moving: null, done: 'was changed' },
  revoke_privilege: { label: 'Revoke privilege', moving: null, done: 'was revoked' },
  set_keys: { label: 'Change SSH keys', moving: null, done: 'has its SSH keys changed' },
}

/** What a confirmation says of the action: what happens, and what may be lost. */
export const consequences = {
  stop: 'Pulls the plug: the guest is not asked, and what it has not written to disc is lost. It stays off.',
  reboot:
    'Cuts the power and turns it on again: the guest is not asked, and what it has not written to disc is lost.',
  shut_down:
    'Presses the ACPI power button. The guest decides; usually it shuts down within a minute, and stays off.',
  restart: 'Presses the ACPI power button. When the guest has shut down, BigV turns the machine on again.',
  reset:
    'Presses the reset button: the guest is not asked, and what it has not written to disc is lost. Changes of cores, memory or hardware profile that wait for a restart are not applied.',
  rescue:
    'Starts it once with BigV’s rescue system instead of its own, to mend what keeps it from booting. An older BigV ignores that, and starts it as usual: what came back is shown.',
  delete:
    'Takes it down, without asking the guest, and hides it. It can be restored for a time that BigV does not publish; until it is purged it holds its name and addresses.',
  purge:
    'Removes it for good: the data on all its discs is lost, its addresses go back to the pool, and its name is free again. This cannot be undone.',
} satisfies Partial<Record<MachineAction, string>>

/** Takes a machine's two booleans and says in plain words what it is and what would happen at a power-off. */
export function powerSentence(vm: Pick<VirtualMachine, 'power_on' | 'autoreboot_on' | 'deleted'>): string {
  if (vm.deleted) return 'Deleted, but not purged: it can be restored.'
  if (vm.power_on) {
    return vm.autoreboot_on
      ? 'On. It comes back on by itself whenever it powers off.'
      : 'On. It stays off once it powers off.'
  }
  return vm.autoreboot_on
    ? 'Off. BigV turns it on again by itself.'
    : 'Off. It stays off until it is started.'
}

/** Takes an operation that failed on the way and says what it had changed by then, after a space; nothing where it had not. */
export function whatStays({ autoreboot }: Pick<Operation, 'autoreboot'>): string {
  return autoreboot === null
    ? ''
    : ` autoreboot_on was changed before that, ${yesNo(autoreboot.before)} → ${yesNo(autoreboot.after)}, and stays so.`
}

/** Takes how many presses were sent and says it; with what is not known where the last one got no answer. */
export function pressesSentence({ sent, of }: { sent: number; of: number }, unclear: boolean): string {
  const count = `${sent} of ${of} ${of === 1 ? 'press was' : 'presses were'} sent.`
  return unclear
    ? `${count} Whether press ${sent + 1} arrived as well is not known; it is not sent again.`
    : count
}

/** "yes" or "no": how the API's booleans are shown. */
export function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}
