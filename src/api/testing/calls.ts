import { accountQueries, checkCredentials, visibleAccounts } from '../accounts.ts'
import { backupQueries } from '../backups.ts'
import { brainSettings, loadBrainSettings } from '../brain.ts'
import { definitionQueries } from '../definitions.ts'
import { fetchGroupContents, fetchGroups, groupQueries } from '../groups.ts'
import { request, type Method } from '../http.ts'
import { fetchIp, ipQueries } from '../ips.ts'
import { prefetch } from '../prefetch.ts'
import { fetchPrivileges, privilegeQueries } from '../privileges.ts'
import { queryClient } from '../query-client.ts'
import { anything } from '../schema.ts'
import { fetchCredentials, keepSessionAlive, renewCredentials } from '../sessions.ts'
import { fetchUser, userQueries } from '../users.ts'
import { fetchMachine, fetchMachines, machineQueries, overviewQueries } from '../virtual-machines.ts'

/** A call of src/api that sends a request. */
export interface Call {
  /** The name of the export. An export with variants has several calls. */
  of: string
  makes: () => Promise<unknown>
  /** The call's first request: "GET /accounts/acme". */
  sends: string
  /** A good answer. Text is sent unchanged, anything else as JSON. */
  good: unknown
  /** The call ignores the body of a good answer. */
  ignoresBody?: true
  /** The call doesn't throw on a failure, but returns this value. */
  onFailure?: { returns: () => unknown }
  /** After a 404, the call sends a second request to another path. */
  fallsBack?: true
}

/** The credentials of the calls. */
export const CREDENTIALS = { account: 'acme', username: 'demo', password: 'hunter2', otp: 'cccjgjgkhcbb' }

const REF = { account: 'acme', group: 'default' }
const GROUP_PATH = '/accounts/acme/groups/default'
const OVERVIEW = 'view=overview&include_deleted=true'

const account = { id: 1, name: 'acme', suspended: false }
const disc = { id: 5, label: 'vda', size: 25_600, storage_grade: 'sata' }
const nic = { id: 6, ips: ['192.0.2.2', '2001:db8::2'], vlan_num: 1, mac: 'fe:ff:00:00:00:01', extra_ips: {} }
const machine = {
  id: 7,
  name: 'www1',
  power_on: true,
  autoreboot_on: true,
  cores: 1,
  memory: 1024,
  deleted: false,
  group_id: 2,
  hostname: 'www1.default.acme.uk0.bigv.io',
  cdrom_url: null,
  discs: [disc],
  network_interfaces: [nic],
}
const group = { id: 2, name: 'default', account_id: 1, virtual_machines: [machine] }
const overview = { ...account, groups: [group] }
const privilege = {
  id: 8,
  level: 'vm_admin',
  username: 'demo',
  virtual_machine_id: 7,
  yubikey_otp_max_age: null,
}
const user = { id: 9, username: 'demo', authorized_keys: null }

const definitions = [
  ...['distributions', 'storage_grades', 'hardware_profiles', 'keymaps', 'sendkeys', 'zone_names'].map(
    (id) => ({
      id,
      data: ['a', 'b'],
    }),
  ),
  ...['distribution_descriptions', 'storage_grade_descriptions'].map((id) => ({
    id,
    data: { a: 'The first' },
  })),
]

/** Every call of src/api that sends a request, with a good answer. */
export const CALLS: readonly Call[] = [
  ...(['GET', 'POST', 'PUT', 'DELETE'] as Method[]).map((method): Call => ({
    of: 'request',
    makes: () => request(method, '/x', { schema: anything, body: { power_on: false } }),
    sends: `${method} /x`,
    good: {},
    ignoresBody: true,
  })),
  {
    of: 'checkCredentials',
    makes: () => checkCredentials(CREDENTIALS),
    sends: 'GET /accounts/acme',
    good: account,
  },
  {
    of: 'visibleAccounts',
    makes: () => visibleAccounts(CREDENTIALS),
    sends: 'GET /accounts',
    good: [account],
    onFailure: { returns: () => [] },
  },
  queryCall('accountQueries.list', accountQueries.list(), 'GET /accounts', [account]),
  queryCall(
    'accountQueries.overview',
    accountQueries.overview('acme'),
    `GET /accounts/acme?${OVERVIEW}`,
    overview,
  ),
  queryCall(
    'backupQueries.ofDisc',
    backupQueries.ofDisc(REF, 7, 5),
    `GET ${GROUP_PATH}/virtual_machines/7/discs/5/backups`,
    [{ id: 1, label: 'vda', created_at: '2026-01-01T00:00:00Z' }],
  ),
  {
    of: 'loadBrainSettings',
    makes: async () => {
      await loadBrainSettings()
      return brainSettings()
    },
    sends: 'GET /dashboard.json',
    good: { brain: 'uk0' },
    onFailure: { returns: () => null },
  },
  queryCall('definitionQueries.all', definitionQueries.all(), 'GET /definitions', definitions),
  {
    of: 'prefetch',
    makes: () => prefetch({ pathname: '/', search: '?account=other' }),
    sends: 'GET /accounts/other/groups',
    good: [group],
    onFailure: { returns: () => undefined },
  },
  {
    of: 'fetchGroupContents',
    makes: () => fetchGroupContents('acme', 2),
    sends: `GET /accounts/acme/groups/2?${OVERVIEW}`,
    good: group,
  },
  { of: 'fetchGroups', makes: () => fetchGroups('acme'), sends: 'GET /accounts/acme/groups', good: [group] },
  queryCall('groupQueries.list', groupQueries.list('acme'), 'GET /accounts/acme/groups', [group]),
  {
    of: 'fetchIp',
    makes: () => fetchIp('192.0.2.2'),
    sends: 'GET /ips/192.0.2.2',
    good: { rdns: null },
  },
  queryCall('ipQueries.one', ipQueries.one('192.0.2.2'), 'GET /ips/192.0.2.2', { rdns: null }),
  {
    of: 'fetchPrivileges',
    makes: () => fetchPrivileges('/privileges'),
    sends: 'GET /privileges',
    good: [privilege],
  },
  queryCall(
    'privilegeQueries.on',
    privilegeQueries.on({ ...REF, vm: 7 }),
    `GET ${GROUP_PATH}/virtual_machines/7/privileges`,
    [privilege],
  ),
  queryCall('privilegeQueries.ofUser', privilegeQueries.ofUser('demo'), 'GET /users/demo/privileges', [
    privilege,
  ]),
  {
    of: 'fetchCredentials',
    makes: () => fetchCredentials('token', CREDENTIALS),
    sends: 'POST /auth/session',
    good: 'a-token',
  },
  {
    of: 'renewCredentials',
    makes: () => renewCredentials(CREDENTIALS, CREDENTIALS),
    sends: 'GET /accounts/acme',
    good: account,
    ignoresBody: true,
    fallsBack: true,
  },
  {
    of: 'keepSessionAlive',
    makes: () => keepSessionAlive('acme'),
    sends: 'GET /accounts/acme',
    good: account,
    ignoresBody: true,
    fallsBack: true,
  },
  { of: 'fetchUser', makes: () => fetchUser('demo'), sends: 'GET /users/demo', good: user },
  queryCall('userQueries.one', userQueries.one('demo'), 'GET /users/demo', user),
  {
    of: 'fetchMachine',
    makes: () => fetchMachine(REF, 7),
    sends: `GET ${GROUP_PATH}/virtual_machines/7?${OVERVIEW}`,
    good: machine,
  },
  {
    of: 'fetchMachines',
    makes: () => fetchMachines(REF),
    sends: `GET ${GROUP_PATH}/virtual_machines?include_deleted=true`,
    good: [machine],
  },
  queryCall(
    'machineQueries.list',
    machineQueries.list(REF),
    `GET ${GROUP_PATH}/virtual_machines?include_deleted=true`,
    [machine],
  ),
  queryCall(
    'machineQueries.detail',
    machineQueries.detail(REF, 7),
    `GET ${GROUP_PATH}/virtual_machines/7?${OVERVIEW}`,
    [machine],
  ),
  queryCall(
    'machineQueries.named',
    machineQueries.named(REF, 'www1'),
    `GET ${GROUP_PATH}/virtual_machines/www1?${OVERVIEW}`,
    machine,
  ),
  queryCall(
    'overviewQueries.byMachine',
    overviewQueries.byMachine(REF),
    `GET ${GROUP_PATH}?${OVERVIEW}`,
    group,
  ),
]

/** The exports of src/api that send nothing themselves. */
export const SEND_NOTHING: readonly string[] = [
  'ApiError',

  'fetchedMachines',
  'isComplete',
  'machinesOf',
  'addressesOf',
  'apiPath',
  'brainSettings',
  'failedJustNow',
  'isValidSegment',
  'followUser',
  'groupName',
  'groupNameIn',
  'groupPath',
  'groupsPath',
  'isParsedFrom',
  'isNotFound',
  'nullIfNotFound',
  'fetchFailedText',
  'otpAgeMs',
  'otpWindow',
  'isOfAuthService',
  'serverOf',
  'takePlace',
  'isTransient',
  'isUnclear',
  'listOf',
  'maybe',
  'machinePath',
  'machineQueries.details',
  'machineQueries.group',
  'machinesPath',
  'messageOf',
  'noteEqual',
  'noteBody',
  'overviewSummary',
  'nextPollAt',
  'pauseAfter',
  'pauseAfterFailure',
  'pollAfterRest',
  'pollNow',
  'pollingOptions',
  'retryLoad',
  'checkRows',
  'simpleCheck',
  'yieldToBrowser',
  'fingerprint',
  'reuseRows',
  'privilegePath',
  'privilegesOnPath',
  'parseErrorBody',
  'parseRetryAfter',
  'redacted',
  'redactedError',
  'refreshGroups',
  'schedulesOf',
  'schemaProblems',
  'useBrainSettings',
  'traceLine',
  'userPath',
  'userPrivilegesPath',
  'withQuery',
  'withoutCdSecrets',
  'withoutCredentials',
]

interface QueryOptions {
  queryKey: readonly unknown[]
}

function queryCall(of: string, options: QueryOptions, sends: string, good: unknown): Call {
  return { of, sends, good, makes: () => queryClient.query(options) }
}
