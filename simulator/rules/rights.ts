/** The levels of privileges, from low to high. Each includes the lower ones: docs/bigv-api.md#10-users-and-privileges */
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
 * The lowest level that may do each thing to an account, group or machine. The documents name the levels and their order,
 * but hardly say what each may do, so these follow the names.
 */
export const rights = {
  /** Higher than for creating one: docs/bigv-api.md#5-accounts */
  deleteAccount: 'cluster_admin',
  suspendAccount: 'cluster_admin',
  changeAccount: 'account_admin',
  createGroup: 'account_admin',
  deleteGroup: 'account_admin',
  changeGroup: 'group_admin',
  createMachine: 'group_admin',
  /** In both groups: the old and the new one. */
  moveMachine: 'group_admin',
  /** Changing, signalling, re-imaging or deleting a machine, and whatever belongs to it. */
  changeMachine: 'vm_admin',
  readMachine: 'vm_console',
  /** Other users' privileges. */
  readPrivileges: 'vm_admin',
  /** Users with a privilege on it. */
  readUsers: 'group_admin',
} as const satisfies Record<string, Level>
