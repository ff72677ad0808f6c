import type { Level } from '../state/records.ts'
import { rule, type Source } from './rule.ts'

const right = (source: Source[], says: string, level: Level) => rule(10, source, says, level)

/**
 * The lowest level that may do each thing, over the account, group or machine that it is done to. The documents name the
 * levels and their order, but hardly what each is for: by their names, then.
 */
export const rights = {
  deleteAccount: right(['docs', 'choice'], 'Deleting an account needs more than making one', 'cluster_admin'),
  suspendAccount: right(['choice'], 'Suspending an account is for the staff', 'cluster_admin'),
  changeAccount: right(['choice'], 'Changing an account', 'account_admin'),
  createGroup: right(['choice'], 'Making a group', 'account_admin'),
  deleteGroup: right(['choice'], 'Deleting a group', 'account_admin'),
  changeGroup: right(['choice'], 'Renaming a group', 'group_admin'),
  createMachine: right(['choice'], 'Making a machine', 'group_admin'),
  moveMachine: right(
    ['choice'],
    'Moving a machine: in the group that it leaves, and the one it goes to',
    'group_admin',
  ),
  changeMachine: right(
    ['choice'],
    'Changing, signalling, re-imaging or deleting a machine; its discs and addresses',
    'vm_admin',
  ),
  readPrivileges: right(['choice'], 'Reading the privileges that others have', 'vm_admin'),
  readUsers: right(['choice'], 'Reading the users who have privileges', 'group_admin'),
  readMachine: right(['docs'], 'Reading a machine', 'vm_console'),
} as const
