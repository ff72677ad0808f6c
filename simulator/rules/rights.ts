/** The levels of privileges, low to high; each includes the lower ones. docs/bigv-api.md#10-users-and-privileges */
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
 * The lowest level that may do each thing, over the account, group or machine that it is done to. The documents name the
 * levels and their order, but hardly what each is for: these follow their names.
 */
export const rights = {
  /** Needs more than making one: docs/bigv-api.md#5-accounts */
  deleteAccount: 'cluster_admin',
  suspendAccount: 'cluster_admin',
  changeAccount: 'account_admin',
  createGroup: 'account_admin',
  deleteGroup: 'account_admin',
  changeGroup: 'group_admin',
  createMachine: 'group_admin',
  /** In the group that the machine leaves, and in the one it goes to. */
  moveMachine: 'group_admin',
  /** Changing, signalling, re-imaging or deleting a machine, and whatever belongs to it. */
  changeMachine: 'vm_admin',
  readMachine: 'vm_console',
  /** The privileges that others have. */
  readPrivileges: 'vm_admin',
  /** The users who have privileges. */
  readUsers: 'group_admin',
} as const satisfies Record<string, Level>
