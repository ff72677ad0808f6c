import { actions } from '../actions/index.ts'
import { links } from '../lib/links.ts'
import type { Operation } from './operation.ts'

/** The page of what an operation is about. */
export function pageOf({ action, target }: Pick<Operation, 'action' | 'target'>): string {
  switch (actions[action].on) {
    case 'group':
    case 'new group':
      return links.account(target.account)
    case 'privilege':
      if (target.id !== null) return `${links.machine(target, target.id)}?tab=privileges`
      return target.group === '' ? links.accountPrivileges(target.account) : links.groupPrivileges(target)
    case 'user':
      return links.keys()
    case 'machine':
    case 'new machine':
      return links.machine(target, target.id ?? target.name)
  }
}
