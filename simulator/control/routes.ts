import type { Context, Hono, MiddlewareHandler } from 'hono'
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
type HonoContext = Context<Env>

const isLoopback = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address)

const loopbackOnly: MiddlewareHandler<Env> = (c, next) =>
  isLoopback(c.env.incoming.socket.remoteAddress ?? '')
    ? next()
    : Promise.resolve(send(c, answerToError(refusal('missing'))))

/** The body, unchecked: it comes from the control client, which always has the simulator's version. */
const bodyOf = async <T>(c: HonoContext): Promise<T> =>
  JSON.parse((await readText(c.env.incoming)) || '{}') as T

const idOf = (c: HonoContext): number => Number(c.req.param('id'))

const ok = (c: HonoContext, value: unknown): Response => send(c, json(200, value ?? null))

/**
 * Adds /_control/, through which tests steer the simulator. These paths aren't part of the API, and answer only this
 * computer.
 */
export const addControlRoutes = (
  app: Hono<Env>,
  { bigv, faults, log, machines: defaultMachines }: Control,
): void => {
  const change = <T>(work: () => T): T => bigv.store.transaction(work)

  app.use('/_control/*', loopbackOnly)
  app.post('/_control/reset', async (c) => {
    const { machines = defaultMachines } = await bodyOf<{ machines?: number }>(c)
    bigv.reset(() => buildFleet(bigv, machines))
    faults.clear()
    log.clear()
    return send(c, noContent())
  })
  app.post('/_control/accounts', async (c) => {
    const wanted = await bodyOf<WantedAccount>(c)
    return ok(
      c,
      change(() => newAccount(bigv, wanted)),
    )
  })
  app.post('/_control/users', async (c) => {
    const wanted = await bodyOf<WantedUser>(c)
    return ok(
      c,
      change(() => newAccountUser(bigv, wanted)),
    )
  })
  app.post('/_control/accounts/:id/machines', async (c) => {
    const wanted = await bodyOf<WantedMachine>(c)
    return ok(
      c,
      change(() => newMachine(bigv, idOf(c), wanted)),
    )
  })
  app.get('/_control/machines/:id', (c) => {
    bigv.clock.catchUp()
    return ok(c, wholeMachine(bigv, idOf(c)))
  })
  app.put('/_control/machines/:id', async (c) => {
    const patch = await bodyOf<MachinePatch>(c)
    return ok(
      c,
      change(() => patchMachine(bigv, idOf(c), patch)),
    )
  })
  app.delete('/_control/machines/:id', (c) => {
    bigv.store.remove('machines', idOf(c))
    return send(c, noContent())
  })
  app.post('/_control/faults', async (c) => ok(c, { id: faults.add(await bodyOf<Fault>(c)) }))
  app.delete('/_control/faults', (c) => {
    faults.clear()
    return send(c, noContent())
  })
  app.delete('/_control/faults/:id', (c) => {
    faults.clear(idOf(c))
    return send(c, noContent())
  })
  app.post('/_control/expire', async (c) => {
    const { otps, sessions, milliseconds } = await bodyOf<{
      otps?: boolean
      sessions?: boolean
      milliseconds?: number
    }>(c)
    if (otps) bigv.credentials.expireOtps()
    if (sessions) bigv.credentials.expireSessions()
    if (milliseconds) bigv.credentials.age(milliseconds)
    return send(c, noContent())
  })
  app.put('/_control/clock', async (c) => {
    const { speed, advance } = await bodyOf<{ speed?: number; advance?: number }>(c)
    if (speed !== undefined) bigv.clock.setSpeed(speed)
    if (advance !== undefined) bigv.clock.advance(advance)
    return ok(c, { now: bigv.clock.now() })
  })
  app.put('/_control/behaviour', async (c) => {
    const { buildFails, blocking } = await bodyOf<{ buildFails?: number | 'all'; blocking?: boolean }>(c)
    if (buildFails !== undefined) bigv.buildFails = buildFails === 'all' ? Infinity : buildFails
    if (blocking !== undefined) bigv.blocking = blocking
    return send(c, noContent())
  })
  app.get('/_control/requests', (c) => {
    const { since, account, username } = c.req.query()
    return ok(
      c,
      log.list({
        ...(since !== undefined && { since: Number(since) }),
        ...(account !== undefined && { account }),
        ...(username !== undefined && { username }),
      }),
    )
  })
  app.delete('/_control/requests', (c) => {
    log.clear()
    return send(c, noContent())
  })
}
