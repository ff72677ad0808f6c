import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  controlClient,
  type ControlClient,
  type NewAccount,
  type WantedMachine,
} from '../../../simulator/control/client.ts'
import { startSimulator, type Simulator } from '../../../simulator/server.ts'
import { changePrivilege, grantPrivilege, revokePrivilege } from '../../actions/access.ts'
import { createGroup, deleteGroup, renameGroup } from '../../actions/groups.ts'
import type { ActionName, MachineActionName } from '../../actions/index.ts'
import { createRequest } from '../../actions/lifecycle.ts'
import type { PlannedRequest } from '../../actions/requests.ts'
import { setKeys } from '../../actions/ssh-keys.ts'
import { boundBy } from '../../actions/testing/bound.ts'
import { HIDDEN } from '../../api/redact.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { curlLines } from './record.ts'

// Runs copied lines as they are, with a real curl in a real shell. curl asks for the password on its terminal, not on its standard input, so
// `script` (Debian's bsdutils) gives it one. Other systems' `script` has other options.
const canRun =
  spawnSync('curl', ['--version']).status === 0 &&
  spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0

/** Wrong quoting would change each of these characters. */
const AWKWARD = `it's "$HOME" \`id\` \\ !! %s\n{a,b} 日本 …`
const SECRET = 'correct-horse'

let simulator: Simulator
let control: ControlClient
let account: NewAccount
let home: string

beforeAll(async () => {
  simulator = await startSimulator({ control: true, machines: 0, speed: 10_000, port: 0 })
  control = controlClient(simulator.url)
  account = await control.createAccount({ groups: ['old', 'spare'] })
  home = mkdtempSync(path.join(tmpdir(), 'curl-lines-'))
})
afterAll(async () => {
  await simulator.close()
  rmSync(home, { recursive: true })
})

type Sender = Parameters<typeof curlLines>[1]
const withPassword = (): Sender => ({ url: simulator.url, username: account.username, otp: false })

/** Runs a line in a terminal, and enters the password at each prompt. Returns the exit status. */
function run(line: string): Promise<number | null> {
  // Without the user's .curlrc and proxies.
  const env = { PATH: process.env.PATH, SHELL: '/bin/sh', HOME: home, CURL_HOME: home, TERM: 'dumb' }
  const shell = spawn('script', ['-qec', line, '/dev/null'], { env })
  shell.stdout.on('data', (text: Buffer) => {
    if (/password for user/.test(String(text))) shell.stdin.write(`${account.password}\n`)
  })
  return new Promise((resolve) => shell.once('close', resolve))
}

/** The requests that BigV received: method, path, body, user, and whether BigV accepted it. */
async function received() {
  return (await control.requests()).map(({ method, path: at, query, body, username, status }) => [
    method,
    Object.keys(query).length > 0 ? `${at}?${new URLSearchParams(query)}` : at,
    body ?? undefined,
    username,
    status !== null && status < 300,
  ])
}

interface AtBigv {
  ref: { account: string; group: string }
  vm: VirtualMachine & { discs: { id: number }[]; nics: { id: number }[] }
  other: VirtualMachine
}
type Requests = (at: AtBigv) => PlannedRequest[] | Promise<PlannedRequest[]>

const on =
  (name: MachineActionName, params: (at: AtBigv) => unknown = () => ({})): Requests =>
  (at) => [...boundBy(name, params(at)).requests(at.ref, at.vm)]
const disc = ({ vm }: AtBigv) => vm.discs[0]?.id
const otherOf = ({ ref, other }: AtBigv) => ({ ...ref, id: other.id, name: other.name })
const groupId = (name: string) => account.groups.find((each) => each.name === name)?.id ?? 0
const user = () => ({ id: 0, username: account.username, authorized_keys: null })
const place = (group: number) => ({
  at: { account: account.account, group: 'default' },
  scope: { account: account.id, group },
  name: 'default',
})
const CONDITIONS = { yubikey_required: false, yubikey_otp_max_age: null, ip_restrictions: null }
const BUNDLE = {
  virtual_machine: { name: 'new1', cores: 1, memory: 1024, power_on: false, autoreboot_on: false },
  discs: [{ label: AWKWARD, size: 25_600, storage_grade: 'sata' }],
  reimage: { distribution: 'wheezy', root_password: SECRET, firstboot_script: SECRET },
}

async function json(method: string, at: string, body?: unknown): Promise<{ id: number }> {
  const response = await fetch(simulator.url + at, {
    method,
    headers: {
      Authorization: `Basic ${btoa(`${account.username}:${account.password}`)}`,
      'Content-Type': 'application/json',
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return (await response.json()) as { id: number }
}

/** A new privilege of another user on the group "default". */
async function privilege() {
  const { username } = await control.createUser({ account: account.account, level: 'vm_console' })
  const [grant] = grantPrivilege.requests({
    place: place(groupId('default')),
    scope: { account: account.id, group: groupId('default') },
    username,
    level: 'vm_admin',
    conditions: CONDITIONS,
  })
  return { id: 0, level: 'vm_admin', username, grant }
}

/** For each action: the machine that it needs, and its requests. Null if its requests aren't recorded as they were sent. */
const KINDS: Record<ActionName, [Partial<WantedMachine>, Requests] | null> = {
  start: [{ power_on: false }, on('start')],
  shut_down: [{ autoreboot_on: true }, on('shut_down')],
  restart: [{}, on('restart')],
  stop: [{}, on('stop')],
  reboot: [{}, on('reboot')],
  reset: [{}, on('reset')],
  autoreboot_on: [{}, on('autoreboot_on')],
  autoreboot_off: [{}, on('autoreboot_off')],
  rescue: [{ power_on: false }, on('rescue')],
  delete: [{}, on('delete')],
  undelete: [{ deleted: true, power_on: false }, on('undelete')],
  purge: [{}, on('purge')],
  send_keys: null,
  reimage: [{ power_on: false }, on('reimage', () => BUNDLE.reimage)],
  change: [
    { power_on: false },
    on('change', () => ({ attributes: { cdrom_url: `http://u:${SECRET}@iso.example/a'b.iso`, cores: 2 } })),
  ],
  add_disc: [{}, on('add_disc', () => ({ label: AWKWARD, size: 25_600, storage_grade: 'sata' }))],
  change_disc: [{}, on('change_disc', (at) => ({ id: disc(at), attributes: { size: 51_200 } }))],
  move_disc: [{ power_on: false }, on('move_disc', (at) => ({ id: disc(at), to: otherOf(at) }))],
  purge_disc: [{ power_on: false }, on('purge_disc', (at) => ({ id: disc(at) }))],
  backup_disc: [{}, on('backup_disc', (at) => ({ id: disc(at) }))],
  schedule_backups: [
    {},
    on('schedule_backups', (at) => ({
      id: disc(at),
      schedule: { start_at: '00:00', interval_seconds: 3600, capacity: 1 },
    })),
  ],
  request_ips: [
    {},
    on('request_ips', ({ vm }) => ({ nic: vm.nics[0]?.id, addresses: 1, family: 'ipv4', reason: AWKWARD })),
  ],
  set_rdns: [
    {},
    on('set_rdns', ({ vm }) => ({
      address: vm.network_interfaces?.[0]?.ips?.[1],
      name: 'www.example.com',
    })),
  ],
  swap_ips: [{ power_on: false }, on('swap_ips', (at) => ({ other: otherOf(at), additional: false }))],
  create: [{}, ({ ref }) => [createRequest(ref, BUNDLE)]],
  create_group: [{}, () => [...createGroup.requests({ account: account.account, name: 'copied' })]],
  rename_group: [
    {},
    () => [...renameGroup.requests({ account: account.account, id: groupId('old'), name: 'old', to: 'new' })],
  ],
  delete_group: [
    {},
    () => [...deleteGroup.requests({ account: account.account, id: groupId('spare'), name: 'spare' })],
  ],
  set_keys: [
    {},
    async () => {
      const { id } = await json('GET', `/users/${account.username}`)
      return [...setKeys.requests({ user: { ...user(), id }, authorized_keys: `ssh-rsa AAAA it's "me"\n` })]
    },
  ],
  grant_privilege: [{}, async () => [(await privilege()).grant].flatMap((each) => each ?? [])],
  change_privilege: [
    {},
    async () => {
      const { grant, ...of } = await privilege()
      const { id } = await json('POST', grant?.path ?? '', grant?.body)
      const change = { place: place(groupId('default')), privilege: { ...of, id } }
      return [
        ...changePrivilege.requests({ ...change, conditions: { ...CONDITIONS, yubikey_required: true } }),
      ]
    },
  ],
  revoke_privilege: [
    {},
    async () => {
      const { grant, ...of } = await privilege()
      const { id } = await json('POST', grant?.path ?? '', grant?.body)
      return [...revokePrivilege.requests({ place: place(groupId('default')), privilege: { ...of, id } })]
    },
  ],
}

let machines = 0
async function atBigv(wanted: Partial<WantedMachine>): Promise<AtBigv> {
  const add = async (given: Partial<WantedMachine>) => {
    const name = `vm${++machines}`
    const { id } = await control.createMachine(account.id, {
      name,
      power_on: true,
      autoreboot_on: false,
      ...given,
    })
    return id
  }
  const [id, otherId] = [await add(wanted), await add({ power_on: false, discs: [] })]
  const [vm, other] = [await control.machine(id), await control.machine(otherId)]
  return {
    ref: { account: account.account, group: 'default' },
    vm: { ...vm, network_interfaces: vm.nics } as unknown as AtBigv['vm'],
    other: other as unknown as VirtualMachine,
  }
}

const asSteps = (requests: readonly PlannedRequest[]) =>
  requests.map((request) => ({ ...request, body: request.body, trace: null }))

test.runIf(canRun)('every kind of copied curl line runs as it is, and asks for the password', async () => {
  for (const [action, kind] of Object.entries(KINDS) as [ActionName, (typeof KINDS)[ActionName]][]) {
    if (kind === null) continue
    const [wanted, requestsOf] = kind
    const requests = await requestsOf(await atBigv(wanted))
    await control.clearRequests()
    const line = curlLines({ action, steps: asSteps(requests) }, withPassword()) ?? ''
    expect(line, action).not.toContain(SECRET)
    // The page tells the user to replace the dots with the secrets.
    const status = await run(line.replaceAll(`${HIDDEN}@`, `u:${SECRET}@`).replaceAll(HIDDEN, SECRET))
    const expected = requests.map(({ method, path: at, body }) => [method, at, body, account.username, true])
    expect(await received(), action).toEqual(expected)
    expect(status, action).toBe(0)
  }
})

const start = async () => {
  const { ref, vm } = await atBigv({ power_on: false })
  const steps = asSteps(boundBy('start').requests(ref, vm))
  await control.clearRequests()
  return { action: 'start', steps } as const
}

test.runIf(canRun)('a copied curl line runs with a session token in place of its placeholder', async () => {
  const { username, password } = account
  const answer = await fetch(`${simulator.url}/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/plain' },
    body: JSON.stringify({ username, password }),
  })
  const line = curlLines(await start(), { ...withPassword(), token: true })
  expect(await run(line?.replace('YOUR_TOKEN', await answer.text()) ?? '')).toBe(0)
  expect(await received()).toMatchObject([{ 0: 'PUT', 4: true }])
})

test.runIf(canRun)(
  'a copied curl line runs with a one-time password in place of its placeholder',
  async () => {
    const own = account
    account = await control.createAccount({ otpRequired: true })
    const line = curlLines(await start(), { ...withPassword(), otp: true })
    expect(await run(line?.replace('YOUR_OTP', account.otp ?? '') ?? '')).toBe(0)
    expect(await received()).toMatchObject([{ 0: 'PUT', 4: true }])
    account = own
  },
)

test.runIf(canRun)('copied curl lines send nothing more after a refusal', async () => {
  const { ref, vm } = await atBigv({ autoreboot_on: true })
  const steps = asSteps(boundBy('shut_down').requests(ref, { ...vm, autoreboot_on: true }))
  await control.clearRequests()
  await control.addFault({ kind: 'status', status: 403, match: { method: 'PUT' } })
  expect(await run(curlLines({ action: 'shut_down', steps }, withPassword()) ?? '')).not.toBe(0)
  expect(await received()).toMatchObject([{ 0: 'PUT', 4: false }])
})
