import type { Action } from './operation.ts'

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

/** "yes" or "no": how the API's booleans are shown. */
export function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}
