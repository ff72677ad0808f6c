import type { Action, Operation } from './operation.ts'

/** After how many ms an operation is called overdue (never failed: BigV may still do it). Null: done with the answer. */
export const overdueAfter: Record<Action, number | null> = {
  start: 60_000,
  stop: 60_000,
  reboot: 60_000,
  shut_down: 120_000,
  restart: 180_000,
  reset: null,
  send_keys: null,
  set_autoreboot: 60_000,
  create: 15 * 60_000,
  delete: 60_000,
  undelete: 60_000,
  purge: 60_000,
  reimage: 15 * 60_000,
  rescue: 60_000,
  change: 60_000,
  add_disc: 60_000,
  change_disc: 60_000,
  purge_disc: 60_000,
  request_ips: null,
  set_rdns: null,
  create_group: null,
  rename_group: null,
  delete_group: null,
  set_keys: null,
  swap_ips: 60_000,
  backup_disc: 60_000,
  schedule_backups: 60_000,
  grant_privilege: null,
  change_privilege: null,
  revoke_privilege: null,
}

/** Whether the operation waits longer than is usual, at the time `now` in ms. */
export function isOverdue(operation: Operation, now: number): boolean {
  const limit = overdueAfter[operation.action]
  return operation.phase === 'waiting' && limit !== null && now - operation.patienceFrom >= limit
}
