import type { Route } from './http/app.ts'
import * as accounts from './resources/accounts.ts'
import * as apiKeys from './resources/api-keys.ts'
import * as commands from './resources/commands.ts'
import { listDefinitions } from './resources/definitions.ts'
import * as discs from './resources/discs.ts'
import { listAllGroups, listAllMachines, listAllParts } from './resources/flat-lists.ts'
import * as groups from './resources/groups.ts'
import * as machines from './resources/machines.ts'
import * as network from './resources/network.ts'
import { createBundle, createMachine } from './resources/new-machines.ts'
import { listParts, partNames, parts, showPart } from './resources/parts.ts'
import * as privileges from './resources/privileges.ts'
import { impersonate, openSession, showSession } from './resources/session.ts'
import * as users from './resources/users.ts'

/** The URLs of a disc and its backups, under the disc's long or short path. */
const ofDisc = (disc: string): Route[] => [
  { path: `${disc}/backups`, GET: discs.listBackups, POST: discs.createBackup },
  {
    path: `${disc}/backups/:backup`,
    GET: discs.showBackup,
    PUT: discs.updateBackup,
    DELETE: discs.deleteBackup,
  },
  { path: `${disc}/backup_schedules`, GET: discs.listSchedules, POST: discs.createSchedule },
  { path: `${disc}/backup_schedules/:schedule`, DELETE: discs.deleteSchedule },
]

/** The URLs of a machine and its parts, under the machine's long or short path. */
const ofMachine = (machine: string): Route[] => [
  { path: machine, GET: machines.showMachine, PUT: machines.updateMachine, DELETE: machines.deleteMachine },
  { path: `${machine}/reimage`, POST: commands.reimageMachine },
  { path: `${machine}/signal`, POST: commands.signalMachine },
  ...partNames.flatMap((name) => [
    { path: `${machine}/${name}`, GET: listParts(name), ...parts[name].all },
    { path: `${machine}/${name}/:part`, GET: showPart(name), ...parts[name].one },
  ]),
  ...ofDisc(`${machine}/discs/:part`),
  { path: `${machine}/nics/:part/ip_create`, POST: network.createIps },
  { path: `${machine}/privileges`, GET: privileges.listMachinePrivileges },
]

const account = '/accounts/:account'
const group = `${account}/groups/:group`

/** Every URL of the API. The first match handles a request. A short path has the same handlers as its long form. */
export const routes: Route[] = [
  { path: '/definitions', open: true, GET: listDefinitions },

  { path: '/accounts', GET: accounts.listAccounts, POST: accounts.createAccount },
  { path: account, GET: accounts.showAccount, PUT: accounts.updateAccount, DELETE: accounts.deleteAccount },
  { path: `${account}/privileges`, GET: privileges.listAccountPrivileges },

  { path: `${account}/groups`, GET: groups.listGroups, POST: groups.createGroup },
  { path: group, GET: groups.showGroup, PUT: groups.updateGroup, DELETE: groups.deleteGroup },
  { path: '/groups', GET: listAllGroups },
  { path: '/groups/:group', GET: groups.showGroup },
  { path: `${group}/privileges`, GET: privileges.listGroupPrivileges },

  { path: `${group}/virtual_machines`, GET: machines.listMachines, POST: createMachine },
  { path: `${group}/vm_create`, POST: createBundle },
  ...ofMachine(`${group}/virtual_machines/:vm`),
  { path: '/virtual_machines', GET: listAllMachines },
  ...ofMachine('/virtual_machines/:vm'),

  ...partNames.flatMap((name) => [
    { path: `/${name}`, GET: listAllParts(name) },
    { path: `/${name}/:part`, GET: showPart(name), ...(parts[name].short ?? parts[name].one) },
  ]),
  ...ofDisc('/discs/:part'),

  { path: '/ips/swap_virtual_machine_ips', POST: network.swapIps },
  { path: '/ips/:address', GET: network.showIp, PUT: network.updateIp, DELETE: network.deleteIp },

  { path: '/users', open: true, GET: users.listUsers, POST: users.createUser },
  { path: '/users/:user', GET: users.showUser, PUT: users.updateUser, DELETE: users.deleteUser },
  { path: '/users/:user/privileges', GET: privileges.listUserPrivileges, POST: privileges.createPrivilege },

  { path: '/privileges', GET: privileges.listPrivileges },
  {
    path: '/privileges/:privilege',
    GET: privileges.showPrivilege,
    PUT: privileges.updatePrivilege,
    DELETE: privileges.deletePrivilege,
  },

  { path: '/api_keys', GET: apiKeys.listApiKeys, POST: apiKeys.createApiKey },
  { path: '/api_keys/:key', DELETE: apiKeys.deleteApiKey },

  { path: '/session', open: 'ignored', form: true, POST: openSession },
  { path: '/session/:token', open: 'ignored', form: true, GET: showSession, POST: impersonate },
]
