import { links } from '../lib/links.ts'
import type { Operation } from './operation.ts'

/** Takes an operation and returns the page of what it is about: the machine, the account's groups, or the user's keys. */
export function placeOf({ action, target }: Pick<Operation, 'action' | 'target'>): string {
  switch (action) {
    case 'create_group':
    case 'rename_group':
    case 'delete_group':
      return links.account(target.account)
    case 'set_keys':
      return links.keys()
    default:
      return links.machine(target, target.id ?? target.name)
  }
}
