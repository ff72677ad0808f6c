import * as accounts from '../resources/accounts.ts'
import { createBundle, createMachine } from '../resources/create-machine.ts'
import { listDefinitions } from '../resources/definitions.ts'
import * as discs from '../resources/discs.ts'
import * as groups from '../resources/groups.ts'
import * as nics from '../resources/nics.ts'
import { reimageMachine } from '../resources/reimage.ts'
import { signalMachine } from '../resources/signal.ts'
import { updateMachine } from '../resources/update-machine.ts'
import * as machines from '../resources/virtual-machines.ts'
import type { Handler } from './call.ts'

type Methods = Partial<Record<'GET' | 'POST' | 'PUT' | 'DELETE', Handler>>

/** `open` routes answer without credentials, but take them into account. */
export type Route = { path: string; open?: boolean } & Methods

const oneMachine = { GET: machines.showMachine, PUT: updateMachine, DELETE: machines.deleteMachine }

/** What hangs below a machine, whichever way its path begins. */
const ofMachine = (machine: string): Route[] => [
  { path: machine, ...oneMachine },
  { path: `${machine}/reimage`, POST: reimageMachine },
  { path: `${machine}/signal`, POST: signalMachine },
  { path: `${machine}/discs`, GET: discs.listDiscs },
  { path: `${machine}/discs/:disc`, GET: discs.showDisc },
  { path: `${machine}/nics`, GET: nics.listNics, POST: nics.refuseNicWrite },
  {
    path: `${machine}/nics/:nic`,
    GET: nics.showNic,
    PUT: nics.refuseNicWrite,
    DELETE: nics.refuseNicWrite,
  },
]

const account = '/accounts/:account'
const group = `${account}/groups/:group`

/** Every URL of the API. Where a path has a short form, it leads to the same handlers. */
export const routes: Route[] = [
  { path: '/definitions', open: true, GET: listDefinitions },
  { path: '/accounts', GET: accounts.listAccounts, POST: accounts.createAccount },
  { path: account, GET: accounts.showAccount, PUT: accounts.updateAccount, DELETE: accounts.deleteAccount },
  { path: `${account}/groups`, GET: groups.listGroups, POST: groups.createGroup },
  { path: group, GET: groups.showGroup, PUT: groups.updateGroup, DELETE: groups.deleteGroup },
  { path: '/groups/:group', GET: groups.showGroup },
  { path: `${group}/virtual_machines`, GET: machines.listMachines, POST: createMachine },
  { path: `${group}/vm_create`, POST: createBundle },
  ...ofMachine(`${group}/virtual_machines/:vm`),
  ...ofMachine('/virtual_machines/:vm'),
  { path: '/discs/:disc', GET: discs.showDisc },
]
