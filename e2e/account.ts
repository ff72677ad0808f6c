import type { NewAccount } from '../simulator/control/client.ts'

type Machine = NewAccount['machines'][number]

/** A test's own account. What the test names must be there: a name that is nobody's throws instead of meaning machine 0. */
export interface Account extends NewAccount {
  /** The machine of this name, or of this place among those that were wanted, with its path at BigV. */
  machine(which: string | number): Machine & { path: string }
  group(name: string): NewAccount['groups'][number]
}

/** An account as the control client has made it, with look-ups that throw. */
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

/** The page of a group's machines, which has the path that they have at BigV. */
export function listPath({ account }: Pick<NewAccount, 'account'>, group = 'default'): string {
  return `/accounts/${account}/groups/${group}/virtual_machines`
}
