import type { NewAccount } from '../simulator/control/client.ts'

type Machine = NewAccount['machines'][number]

/** A test's own account. Its look-ups throw on an unknown name, so that a typo doesn't mean machine 0. */
export interface Account extends NewAccount {
  /** A machine by its name, or by its index in `wanted.machines`, with its path at BigV. */
  machine(which: string | number): Machine & { path: string }
  group(name: string): NewAccount['groups'][number]
}

/** Adds the look-ups to an account from the control client. */
export function withLookUps(account: NewAccount): Account {
  return {
    ...account,
    machine(which) {
      const found = account.machines.find(({ name }, place) => which === name || which === place)
      if (!found) throw new Error(`${account.account} has no machine ${which}.`)
      return { ...found, path: `${listPath(account, found.group)}/${found.id}` }
    },
    group(name) {
      const found = account.groups.find((group) => group.name === name)
      if (!found) throw new Error(`${account.account} has no group ${name}.`)
      return found
    },
  }
}

/** The page of a group's machines. BigV uses the same path for the list. */
export function listPath({ account }: Pick<NewAccount, 'account'>, group = 'default'): string {
  return `/accounts/${account}/groups/${group}/virtual_machines`
}
