import { links } from '../lib/links.ts'
import type { Operation } from './operation.ts'

/** Takes an operation and returns the page of what it is about: the machine, the account's groups, privileges, or the
 * user's keys. */
export function placeOf({ action, target }: Pick<Operation, 'action' | 'target'>): string {
  switch (action) {
    case 'create_group':
    case 'rename_group':
    case 'delete_group':
      return links.account(target.account)
    case 'grant_privilege':
    case 'change_privilege':
    case 'revoke_privilege':
      if (target.id !== null) return `${links.machine(target, target.id)}?tab=privileges`
      return target.group === '' ? links.accountPrivileges(target.account) : links.groupPrivileges(target)
    case 'set_keys':
      return links.keys()
    default:
      return links.machine(target, target.id ?? target.name)
  }
}
