/** A recorded request of the official client. */
export type Recorded = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: unknown
  /** The answer that the client needs: an object, an array, or any 2xx. */
  needs: 'object' | 'array' | '2xx'
  /** True if the client repeats the request until the machine is off. */
  untilOff?: boolean
}
export type Command = { command: string; requests: Recorded[] }

const overview = '?include_deleted=true&view=overview'

const get = (path: string): Recorded => ({ method: 'GET', path: `${path}${overview}`, needs: 'object' })
const getPlain = (path: string, needs: Recorded['needs'] = 'object'): Recorded => ({
  method: 'GET',
  path,
  needs,
})
const post = (path: string, body: unknown, needs: Recorded['needs'] = '2xx'): Recorded => ({
  method: 'POST',
  path,
  body,
  needs,
})
const put = (path: string, body: unknown): Recorded => ({ method: 'PUT', path, body, needs: '2xx' })
const remove = (path: string): Recorded => ({ method: 'DELETE', path, needs: '2xx' })

/** The ids that the recorded paths contain, looked up in a machine's overview. */
export type Numbers = {
  vm: number
  other: number
  group: number
  nic: number
  disc: number
  privilege: number
}

const account = '/accounts/acme'
const group = `${account}/groups/default`
const machine = (name: string): string => `${group}/virtual_machines/${name}`
const web = machine('web')
const big = machine('big')
const definitions = getPlain('/definitions', 'array')

const shutdown: Recorded[] = [
  put(web, { autoreboot_on: false }),
  post(`${web}/signal`, { signal: 'powerdown' }),
  { ...get(web), untilOff: true },
]
const start = put(web, { autoreboot_on: true, power_on: true })
const image = { distribution: 'wheezy', firstboot_script: '', root_password: 'x9Fq2', ssh_public_key: '' }

const bigMachine = {
  virtual_machine: {
    autoreboot_on: true,
    cdrom_url: 'http://example.com/x.iso',
    cores: 2,
    memory: 4096,
    name: 'big',
    hardware_profile: 'compatibility2013',
    hardware_profile_locked: true,
    zone_name: 'manchester',
  },
  discs: [
    {
      label: 'disc-1',
      storage_grade: 'sata',
      size: 25_600,
      backup_schedules: [{ start_at: '2026-01-01 00:00:00 UTC', interval_seconds: 604_800, capacity: 1 }],
    },
    { label: 'disc-2', storage_grade: 'archive', size: 102_400 },
    { label: 'logs', storage_grade: 'ssd', size: 10_240 },
  ],
  reimage: {
    distribution: 'wheezy',
    firstboot_script: 'echo hi',
    root_password: 'x9Fq2',
    ssh_public_key: 'ssh-rsa AAA a@b',
  },
  ips: { ipv4: '10.9.8.7', ipv6: 'fd00::7' },
}

/** Fetches what exists, and creates the machines for the other requests. */
export const beginning: Command[] = [
  { command: 'show images', requests: [definitions] },
  { command: 'show accounts', requests: [{ ...get('/accounts'), needs: 'array' }] },
  { command: 'show account acme', requests: [get(account)] },
  { command: 'show group default', requests: [get(group)] },
  {
    command: 'add server web',
    requests: [
      definitions,
      post(
        `${group}/vm_create`,
        {
          virtual_machine: { autoreboot_on: true, cores: 1, memory: 1024, name: 'web' },
          discs: [{ label: 'disc-1', storage_grade: 'sata', size: 25_600 }],
          reimage: image,
        },
        'object',
      ),
      get(web),
    ],
  },
  {
    command: 'add server big',
    requests: [definitions, post(`${group}/vm_create`, bigMachine, 'object'), get(big)],
  },
]

/** Everything that the client can do to an existing machine. */
export const working = (numbers: Numbers): Command[] => [
  { command: 'show server web', requests: [get(web)] },
  { command: 'show server 123', requests: [get(`/virtual_machines/${numbers.vm}`)] },
  {
    command: 'show disc',
    requests: [getPlain(`${web}/discs/disc-1`), getPlain(`/discs/${numbers.disc}`)],
  },
  { command: 'reset server', requests: [post(`${web}/signal`, { signal: 'reset' })] },
  { command: 'shutdown server', requests: shutdown },
  { command: 'start server', requests: [start] },
  { command: 'restart server', requests: [...shutdown, start] },
  {
    command: 'restart server --rescue',
    requests: [
      ...shutdown,
      put(web, { appliance: { name: 'rescue', permanent: false }, autoreboot_on: true, power_on: true }),
    ],
  },
  { command: 'stop server', requests: [put(web, { autoreboot_on: false, power_on: false })] },
  { command: 'reimage server', requests: [definitions, post(`${web}/reimage`, image)] },
  {
    command: 'update server',
    requests: [
      get(web),
      put(web, { memory: 2048 }),
      put(web, { hardware_profile: 'compatibility2013' }),
      put(web, { hardware_profile_locked: true }),
      put(web, { cores: 2 }),
      put(web, { cdrom_url: 'http://example.com/x.iso' }),
      put(web, {}),
    ],
  },
  {
    command: 'update server --new-name',
    requests: [
      get(big),
      get(group),
      put(big, { name: 'bigger', group_id: numbers.group }),
      put(machine('bigger'), { name: 'big', group_id: numbers.group }),
    ],
  },
  {
    command: 'update server --swap-ips-with',
    requests: [
      get(web),
      get(web),
      get(big),
      post('/ips/swap_virtual_machine_ips', {
        virtual_machine_1_id: numbers.vm,
        virtual_machine_2_id: numbers.other,
        move_additional_ips: false,
      }),
    ],
  },
  {
    command: 'add disc',
    requests: [get(web), post(`${web}/discs`, { label: 'disc-2', storage_grade: 'archive', size: 51_200 })],
  },
  {
    command: 'update disc',
    requests: [getPlain(`${web}/discs/disc-2`), put(`${web}/discs/disc-2`, { size: 61_440 })],
  },
  {
    command: 'backup disc',
    requests: [
      { ...post(`${web}/discs/disc-2/backups`, ''), needs: 'object' },
      getPlain(`${web}/discs/disc-2/backups`, 'array'),
    ],
  },
  {
    command: 'schedule backups',
    requests: [
      post(`${web}/discs/disc-2/backup_schedules`, {
        start_at: '00:00',
        interval_seconds: 3600,
        capacity: 0,
      }),
    ],
  },
  {
    command: 'add disc --label spare',
    requests: [get(web), post(`${web}/discs`, { label: 'spare', storage_grade: 'sata', size: 10_240 })],
  },
  { command: 'stop server web', requests: [put(web, { autoreboot_on: false, power_on: false })] },
  { command: 'stop server big', requests: [put(big, { autoreboot_on: false, power_on: false })] },
  {
    command: 'update disc --server',
    requests: [
      getPlain(`${web}/discs/spare`),
      get(big),
      put(`${web}/discs/spare`, { virtual_machine_id: numbers.other }),
    ],
  },
  {
    command: 'delete disc',
    requests: [remove(`${big}/discs/spare?purge=true`), remove(`/discs/${numbers.disc}?purge=true`)],
  },
  {
    command: 'add ips',
    requests: [
      get(web),
      post(
        `${web}/nics/${numbers.nic}/ip_create`,
        { addresses: 2, family: 'ipv4', reason: 'sites', contiguous: false },
        'object',
      ),
    ],
  },
  { command: 'add group', requests: [post(`${account}/groups`, { name: 'new' })] },
  {
    command: 'grant privilege',
    requests: [
      get(group),
      post('/users/colleague/privileges', {
        group_id: numbers.group,
        level: 'group_admin',
        password_required: true,
        yubikey_required: false,
      }),
    ],
  },
  {
    command: 'show privileges',
    requests: [
      getPlain('/privileges', 'array'),
      getPlain('/users/colleague/privileges', 'array'),
      getPlain(`${account}/privileges`, 'array'),
      getPlain(`${group}/privileges`, 'array'),
      getPlain(`${web}/privileges`, 'array'),
    ],
  },
  { command: 'show user', requests: [getPlain('/users/demo')] },
  {
    command: 'add key',
    requests: [
      getPlain('/users/demo'),
      put('/users/demo', {
        id: 1,
        username: 'demo',
        email: 'demo@example.com',
        authorized_keys: 'ssh-rsa AAA a@b',
      }),
    ],
  },
]

/** Removes everything that the other commands have added. */
export const ending = (numbers: Numbers): Command[] => [
  {
    command: 'revoke privilege',
    requests: [
      get(group),
      getPlain(`${group}/privileges`, 'array'),
      remove(`/privileges/${numbers.privilege}`),
    ],
  },
  { command: 'delete server', requests: [get(web), remove(web)] },
  { command: 'delete server, deleted already', requests: [get(web)] },
  { command: 'restore server', requests: [get(web), put(web, { deleted: false })] },
  { command: 'delete server --purge', requests: [get(web), remove(`${web}?purge=true`)] },
  {
    command: 'delete group --recursive',
    requests: [get(`${account}/groups/new`), remove(`${account}/groups/new`)],
  },
  { command: 'delete server --purge big', requests: [get(big), remove(`${big}?purge=true`)] },
]
