import type { Bigv } from '../bigv.ts'
import { addDisc, addMachine, installed } from '../machine/create.ts'
import { deleted, planAutoreboot, switchedOn, withInternal } from '../machine/power.ts'
import { addAccount } from '../resources/accounts.ts'
import { addGroup } from '../resources/groups.ts'
import { machineText, withDefaults } from '../resources/machines.ts'
import { addPrivilege } from '../resources/privileges.ts'
import { addUser } from '../resources/users.ts'
import type { Group, Level, Machine, Privilege, User } from '../state/records.ts'
import { plannedMachines, smallMachines, stagingMachines, type ExistingMachine } from './plan.ts'

/** The demo signs in as this user, an admin of the account `acme`. */
export const demoUser = { username: 'demo', password: 'demo', account: 'acme' } as const

/** The private VLAN of acme's group default, so that addresses can be chosen there. */
const acmeVlan = 210
/** The seed of the random fleet. Any other number gives another fleet. */
const seed = 2013

/** Adds a finished machine, without a creation in the background. */
export const addExistingMachine = (bigv: Bigv, group: Group, wanted: ExistingMachine): Machine => {
  const { store, clock } = bigv
  const { discs = [], ignores_acpi = false, deleted: isDeleted, distribution, ...own } = wanted
  const bare = addMachine(bigv, group, withDefaults(own))
  for (const disc of discs) addDisc(store, bare, disc)
  const image = distribution && {
    distribution,
    root_password: 'unknown',
    ssh_public_key: '',
    firstboot_script: '',
  }
  const ready = withInternal(image ? installed(store, bare, image) : bare, { ignores_acpi })
  if (isDeleted) return store.machines.put(deleted(ready, clock.now()))
  return store.machines.put(wanted.power_on ? switchedOn(ready) : planAutoreboot(ready, clock.now()))
}

/**
 * Adds the demo's accounts, users and machines: `acme` (the groups default, with `machines` machines, staging and empty) and
 * `birch`. `demo` is the admin of both, `colleague` can see acme and change staging, `yubi` needs an OTP, and `staff` can do
 * everything.
 */
export const buildFleet = (bigv: Bigv, machines: number): void => {
  const { store } = bigv
  const { account: acme, group: main } = addAccount(store, demoUser.account, acmeVlan)
  const staging = addGroup(store, acme, 'staging')
  addGroup(store, acme, 'empty')
  const { account: birch, group: small } = addAccount(store, 'birch')

  const user = (username: string): User =>
    addUser(store, { username, password: username, email: `${username}@example.com` })
  const grant = (to: User, level: Level, target: Partial<Privilege>, yubikey_required = false): Privilege =>
    addPrivilege(store, to, level, target, { creating_username: 'staff', yubikey_required })
  const demo = user(demoUser.username)
  grant(demo, 'account_admin', { account_id: acme.id })
  grant(demo, 'account_admin', { account_id: birch.id })
  const colleague = user('colleague')
  grant(colleague, 'vm_console', { account_id: acme.id })
  grant(colleague, 'group_admin', { group_id: staging.id })
  grant(user('yubi'), 'account_admin', { account_id: acme.id }, true)
  grant(user('staff'), 'cluster_admin', {})

  for (const machine of plannedMachines(machines, seed)) addExistingMachine(bigv, main, machine)
  for (const machine of stagingMachines) addExistingMachine(bigv, staging, machine)
  for (const machine of smallMachines) addExistingMachine(bigv, small, machine)
  // Fills the cache of JSON texts, so that the first list of a large fleet is fast
  for (const machine of store.machines.all()) machineText(bigv, machine)
}
