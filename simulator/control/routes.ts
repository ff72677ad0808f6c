import type { Hono, MiddlewareHandler } from 'hono'
import type { Bigv } from '../bigv.ts'
import { addExistingMachine, buildFleet } from '../fleet/fleet.ts'
import { answerToError, json, noContent, readText, send, type Env } from '../http/app.ts'
import {
  deleted,
  moved,
  planAutoreboot,
  specOf,
  switchedOff,
  switchedOn,
  undeleted,
  withInternal,
} from '../machine/power.ts'
import { addAccount } from '../resources/accounts.ts'
import { addGroup } from '../resources/groups.ts'
import { machineText } from '../resources/machines.ts'
import { partsOf } from '../resources/parts.ts'
import { addPrivilege } from '../resources/privileges.ts'
import { addUser } from '../resources/users.ts'
import { words } from '../rules/limits.ts'
import { refusal } from '../rules/refusals.ts'
import type { Id, Level, Machine } from '../state/records.ts'
import type {
  Fault,
  MachinePatch,
  NewAccount,
  NewUser,
  WantedAccount,
  WantedMachine,
  WantedUser,
  WholeMachine,
} from './client.ts'
import type { Faults, RequestLog } from './requests.ts'

const modhex = 'cbdefghijklnrtuv'

/** A one-time password in a Yubikey's format, derived from a number. */
const otpFrom = (number: number): string =>
  number
    .toString(16)
    .padStart(44, '0')
    .replace(/./g, (digit) => modhex[Number.parseInt(digit, 16)] ?? '')

const newUser = (bigv: Bigv, account_id: Id, level: Level, otpRequired: boolean): NewUser => {
  const { store } = bigv
  const number = store.users.lastId + 1
  const password = `password${number}`
  const user = addUser(store, { username: `user${number}`, password })
  const conditions = { creating_username: 'staff', yubikey_required: otpRequired }
  addPrivilege(store, user, level, { account_id }, conditions)
  return { username: user.username, password, otp: otpRequired ? otpFrom(number) : null }
}

/** Adds an account with groups, machines and a new user as its admin. */
const newAccount = (bigv: Bigv, wanted: WantedAccount): NewAccount => {
  const { store } = bigv
  const { name = `account${store.accounts.lastId + 1}`, vlans = {}, machines: wantedMachines = [] } = wanted
  const { account, group } = addAccount(store, name, vlans[words.firstGroup])
  const others = new Set([
    ...(wanted.groups ?? []),
    ...wantedMachines.flatMap((machine) => machine.group ?? []),
  ])
  others.delete(words.firstGroup)
  const groups = [group, ...[...others].map((other) => addGroup(store, account, other, vlans[other]))]
  const machines = wantedMachines.map((machine) => newMachine(bigv, account.id, machine))
  return {
    ...newUser(bigv, account.id, 'account_admin', wanted.otpRequired ?? false),
    id: account.id,
    account: account.name,
    groups: groups.map((group) => ({ id: group.id, name: group.name })),
    machines,
  }
}

/** Adds a machine to a group of the account. */
const newMachine = (bigv: Bigv, accountId: Id, wanted: WantedMachine): NewAccount['machines'][number] => {
  const { group: groupName = words.firstGroup, ...machine } = wanted
  const group = bigv.store.groups.by('account', accountId).find((each) => each.name === groupName)
  if (!group) throw refusal('missing')
  const { id, name } = addExistingMachine(bigv, group, {
    distribution: 'wheezy',
    discs: [{ size: 25 * 1024 }],
    ...machine,
  })
  return { id, name, group: groupName }
}

/** Adds a user with one privilege on an account. */
const newAccountUser = (bigv: Bigv, wanted: WantedUser): NewUser => {
  const [account] = bigv.store.accounts.by('name', wanted.account.toLowerCase())
  if (!account) throw refusal('missing')
  return newUser(bigv, account.id, wanted.level, wanted.otpRequired ?? false)
}

const machineOf = (bigv: Bigv, id: Id): Machine => {
  const machine = bigv.store.machines.get(id)
  if (!machine) throw refusal('missing')
  return machine
}

/** Everything about a machine. Throws a 404 if it does not exist. */
const wholeMachine = (bigv: Bigv, id: Id): WholeMachine => {
  const machine = machineOf(bigv, id)
  const { running } = machine.internal
  const { hostname } = JSON.parse(machineText(bigv, machine)) as { hostname: string }
  return {
    ...machine,
    hostname,
    pending: running !== null && JSON.stringify(running) !== JSON.stringify(specOf(machine)),
    ...partsOf(bigv.store, id),
  }
}

const withPower = (machine: Machine, { power_on }: MachinePatch): Machine => {
  if (power_on === undefined || power_on === machine.power_on) return machine
  return power_on ? switchedOn(machine) : switchedOff(machine)
}

/** Changes a machine at once, as if another user had done it. Throws a 404 if it does not exist. */
const patchMachine = (bigv: Bigv, id: Id, patch: MachinePatch): WholeMachine => {
  const { power_on: _, deleted: isDeleted, ignores_acpi, keeps_head, head, ...attributes } = patch
  const before = machineOf(bigv, id)
  const machine = withPower(
    withInternal(
      { ...before, ...attributes },
      {
        ignores_acpi: ignores_acpi ?? before.internal.ignores_acpi,
        keeps_head: keeps_head ?? before.internal.keeps_head,
      },
    ),
    patch,
  )
  const relocated = head !== undefined && machine.power_on ? moved(machine, head) : machine
  const now = bigv.clock.now()
  const patched =
    isDeleted === undefined ? relocated : isDeleted ? deleted(relocated, now) : undeleted(relocated)
  bigv.store.machines.put(planAutoreboot(patched, now))
  return wholeMachine(bigv, id)
}

type Control = { bigv: Bigv; faults: Faults; log: RequestLog; machines: number }

const isLoopback = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address)

const loopbackOnly: MiddlewareHandler<Env> = (c, next) =>
  isLoopback(c.env.incoming.socket.remoteAddress ?? '')
    ? next()
    : Promise.resolve(send(c, answerToError(refusal('missing'))))

/**
 * Adds /_control/, through which tests steer the simulator. These paths aren't part of the API, and answer only this
 * computer.
 */
export const addControlRoutes = (
  app: Hono<Env>,
  { bigv, faults, log, machines: defaultMachines }: Control,
): void => {
  const { store, clock, credentials } = bigv

  /**
   * Answers a path with the result of `work`, which gets the body and the id in the path. The body is not checked: it comes
   * from the control client, which always has the simulator's version.
   */
  const on = (method: string, path: string, work: (body: never, id: number) => unknown): void => {
    app.on(method, `/_control${path}`, async (c) => {
      const body = JSON.parse((await readText(c.env.incoming)) || '{}') as never
      const result = work(body, Number(c.req.param('id')))
      return send(c, result === undefined ? noContent() : json(200, result))
    })
  }

  app.use('/_control/*', loopbackOnly)
  on('POST', '/reset', ({ machines = defaultMachines }: { machines?: number }) => {
    bigv.reset(() => buildFleet(bigv, machines))
    faults.clear()
    log.clear()
  })
  on('POST', '/accounts', (wanted: WantedAccount) => store.transaction(() => newAccount(bigv, wanted)))
  on('POST', '/users', (wanted: WantedUser) => store.transaction(() => newAccountUser(bigv, wanted)))
  on('POST', '/accounts/:id/machines', (wanted: WantedMachine, accountId) =>
    store.transaction(() => newMachine(bigv, accountId, wanted)),
  )
  on('GET', '/machines/:id', (_, id) => {
    clock.catchUp()
    return wholeMachine(bigv, id)
  })
  on('PUT', '/machines/:id', (patch: MachinePatch, id) =>
    store.transaction(() => patchMachine(bigv, id, patch)),
  )
  on('DELETE', '/machines/:id', (_, id) => store.remove('machines', id))
  on('POST', '/faults', (fault: Fault) => ({ id: faults.add(fault) }))
  on('DELETE', '/faults', () => faults.clear())
  on('DELETE', '/faults/:id', (_, id) => faults.clear(id))
  on('POST', '/expire', (expired: { otps?: boolean; sessions?: boolean; milliseconds?: number }) => {
    if (expired.otps) credentials.expireOtps()
    if (expired.sessions) credentials.expireSessions()
    if (expired.milliseconds) credentials.age(expired.milliseconds)
  })
  on('PUT', '/clock', ({ speed, advance }: { speed?: number; advance?: number }) => {
    if (speed !== undefined) clock.setSpeed(speed)
    if (advance !== undefined) clock.advance(advance)
  })
  on('PUT', '/behaviour', ({ buildFails, blocking }: { buildFails?: number | 'all'; blocking?: boolean }) => {
    if (buildFails !== undefined) bigv.buildFails = buildFails === 'all' ? Infinity : buildFails
    if (blocking !== undefined) bigv.blocking = blocking
  })
  app.get('/_control/requests', (c) => {
    const { since, ...filter } = c.req.query()
    return send(c, json(200, log.list({ ...filter, ...(since !== undefined && { since: Number(since) }) })))
  })
  on('DELETE', '/requests', () => log.clear())
}
