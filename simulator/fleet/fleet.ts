import type { Brain } from '../brain.ts'
import { words } from '../rules/words.ts'
import type { Account, Group } from '../state/records.ts'
import { addStandingMachine } from './machines.ts'
import { plannedMachines, smallMachines, stagingMachines } from './plan.ts'
import { addUser, demoUser, grant } from './users.ts'

/** How large the fleet is: `machines` are those of acme's group default. */
export type Fleet = { machines: number }

/** The private VLAN of acme's group default, in which addresses can be chosen. */
const acmeVlan = 210
/** Any number; another one makes another fleet. */
const seed = 2013

const addGroup = ({ store }: Brain, account: Account, name: string, vlan_num: number | null = null): Group =>
  store.groups.put({ id: store.groups.nextId(), account_id: account.id, name, vlan_num })

const addAccount = ({ store }: Brain, name: string): Account =>
  store.accounts.put({ id: store.accounts.nextId(), name, suspended: false })

/**
 * Adds the demo's accounts, users and machines: `acme` (default, staging, empty) and `birch`; `demo` is the admin of both,
 * `colleague` may only look at acme but change staging, `yubi` needs an OTP, and `staff` may do everything.
 */
export const buildFleet = (brain: Brain, fleet: Fleet): void => {
  const { store } = brain
  const acme = addAccount(brain, demoUser.account)
  const main = addGroup(brain, acme, words.firstGroup.value, acmeVlan)
  const staging = addGroup(brain, acme, 'staging')
  addGroup(brain, acme, 'empty')
  const birch = addAccount(brain, 'birch')
  const small = addGroup(brain, birch, words.firstGroup.value)

  const demo = addUser(store, demoUser.username, demoUser.password, 'demo@example.com')
  grant(store, demo, 'account_admin', { account: acme.id })
  grant(store, demo, 'account_admin', { account: birch.id })
  const colleague = addUser(store, 'colleague', 'colleague', 'colleague@example.com')
  grant(store, colleague, 'vm_console', { account: acme.id })
  grant(store, colleague, 'group_admin', { group: staging.id })
  const yubi = addUser(store, 'yubi', 'yubi', 'yubi@example.com')
  grant(store, yubi, 'account_admin', { account: acme.id }, { yubikey_required: true })
  grant(store, addUser(store, 'staff', 'staff', 'staff@example.com'), 'cluster_admin', {})

  for (const machine of plannedMachines(fleet.machines, seed)) addStandingMachine(brain, main, machine)
  for (const machine of stagingMachines) addStandingMachine(brain, staging, machine)
  for (const machine of smallMachines) addStandingMachine(brain, small, machine)
}
