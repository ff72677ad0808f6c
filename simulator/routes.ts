import * as accounts from '../resources/accounts.ts'
import * as backups from '../resources/backups.ts'
import { createBundle, createMachine } from '../resources/create-machine.ts'
import { listDefinitions } from '../resources/definitions.ts'
import * as discs from '../resources/discs.ts'
import { listAllDiscs, listAllMachines } from '../resources/flat-lists.ts'
import { createPrivilege } from '../resources/grant-privilege.ts'
import * as groups from '../resources/groups.ts'
import { showIp, swapIps, updateIp } from '../resources/ips.ts'
import * as nics from '../resources/nics.ts'
import * as privileges from '../resources/privileges.ts'
import { reimageMachine } from '../resources/reimage.ts'
import { impersonate, openSession, showSession } from '../resources/session.ts'
import { signalMachine } from '../resources/signal.ts'
import { updateMachine } from '../resources/update-machine.ts'
import * as users from '../resources/users.ts'
import * as machines from '../resources/virtual-machines.ts'
import type { Handler } from './call.ts'

type Methods = Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', Handler>>

/**
 * `open` routes answer without credentials, but take them into account unless they are the route's own business (`ignored`);
 * `form` ones take form-encoded bodies too.
 */
export type Route = { path: string; open?: boolean | 'ignored'; form?: boolean } & Methods

/** What hangs below a disc, whichever way its path begins. */
const ofDisc = (disc: string): Route[] => [
  { path: disc, GET: discs.showDisc, PUT: discs.updateDisc, DELETE: discs.deleteDisc },
  { path: `${disc}/backups`, GET: backups.listBackups, POST: backups.createBackup },
  { path: `${disc}/backup_schedules`, GET: backups.listSchedules, POST: backups.createSchedule },
]

/** What hangs below a machine, whichever way its path begins. */
const ofMachine = (machine: string): Route[] => [
  { path: machine, GET: machines.showMachine, PUT: updateMachine, DELETE: machines.deleteMachine },
  { path: `${machine}/reimage`, POST: reimageMachine },
  { path: `${machine}/signal`, POST: signalMachine },
  { path: `${machine}/discs`, GET: discs.listDiscs, POST: discs.createDisc },
  ...ofDisc(`${machine}/discs/:disc`),
  { path: `${machine}/nics`, GET: nics.listNics, POST: nics.refuseNicWrite },
  { path: `${machine}/nics/:nic`, GET: nics.showNic, PUT: nics.refuseNicWrite, DELETE: nics.refuseNicWrite },
  { path: `${machine}/nics/:nic/ip_create`, POST: nics.createIps },
  { path: `${machine}/privileges`, GET: privileges.listMachinePrivileges },
]

const account = '/accounts/:account'
const group = `${account}/groups/:group`

/** Every URL of the API, in the order in which they are tried. Where a path has a short form, it leads to the same handlers. */
export const routes: Route[] = [
  { path: '/definitions', open: true, GET: listDefinitions },

  { path: '/accounts', GET: accounts.listAccounts, POST: accounts.createAccount },
  { path: account, GET: accounts.showAccount, PUT: accounts.updateAccount, DELETE: accounts.deleteAccount },
  { path: `${account}/privileges`, GET: privileges.listAccountPrivileges },

  { path: `${account}/groups`, GET: groups.listGroups, POST: groups.createGroup },
  { path: group, GET: groups.showGroup, PUT: groups.updateGroup, DELETE: groups.deleteGroup },
  { path: '/groups/:group', GET: groups.showGroup },
  { path: `${group}/privileges`, GET: privileges.listGroupPrivileges },

  { path: `${group}/virtual_machines`, GET: machines.listMachines, POST: createMachine },
  { path: `${group}/vm_create`, POST: createBundle },
  ...ofMachine(`${group}/virtual_machines/:vm`),
  { path: '/virtual_machines', GET: listAllMachines },
  ...ofMachine('/virtual_machines/:vm'),

  { path: '/discs', GET: listAllDiscs },
  ...ofDisc('/discs/:disc'),

  { path: '/ips/swap_virtual_machine_ips', POST: swapIps },
  { path: '/ips/:address', GET: showIp, PUT: updateIp },

  { path: '/users', open: true, GET: users.listUsers, POST: users.createUser },
  { path: '/users/:user', GET: users.showUser, PUT: users.updateUser, DELETE: users.deleteUser },
  { path: '/users/:user/privileges', GET: privileges.listUserPrivileges, POST: createPrivilege },

  { path: '/privileges', GET: privileges.listPrivileges },
  {
    path: '/privileges/:privilege',
    GET: privileges.showPrivilege,
    PUT: privileges.updatePrivilege,
    DELETE: privileges.deletePrivilege,
  },

  { path: '/session', open: 'ignored', form: true, POST: openSession },
  { path: '/session/:token', open: 'ignored', form: true, GET: showSession, POST: impersonate },
]
