/**
 * The levels of privileges, from low to high. Each level includes all lower levels:
 * docs/bigv-api.md#10-users-and-privileges
 */
export const levels = [
  'vm_console',
  'vm_admin',
  'group_admin',
  'account_admin',
  'cluster_admin',
  'cluster_su',
] as const

export type Level = (typeof levels)[number]

/**
 * The lowest level that may do each thing to an account, group or machine. The documents give the levels and their order,
 * but hardly say what each level may do, so this table is guessed from the names.
 */
export const rights = {
  /** Deleting an account needs a higher level than creating one: docs/bigv-api.md#5-accounts */
  deleteAccount: 'cluster_admin',
  suspendAccount: 'cluster_admin',
  changeAccount: 'account_admin',
  createGroup: 'account_admin',
  deleteGroup: 'account_admin',
  changeGroup: 'group_admin',
  createMachine: 'group_admin',
  /** Moving a machine needs this level in both the old and the new group. */
  moveMachine: 'group_admin',
  /** Changing, signalling, re-imaging or deleting a machine, or any of its parts. */
  changeMachine: 'vm_admin',
  readMachine: 'vm_console',
  /** Other users' privileges. */
  readPrivileges: 'vm_admin',
  /** Users with a privilege on the account, group or machine. */
  readUsers: 'group_admin',
} as const satisfies Record<string, Level>
