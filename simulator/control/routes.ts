import type { Context, Hono, MiddlewareHandler } from 'hono'
import { json, noContent } from '../http/answer.ts'
import { answerToError, send, type Env } from '../http/app.ts'
import { readText } from '../http/body.ts'
import { refusal } from '../http/refusal.ts'
import { purge } from '../machine/remove.ts'
import type { Simulation } from '../simulation.ts'
import type { Faults } from './faults.ts'
import type { RequestLog } from './log.ts'
import { patchMachine, wholeMachine } from './machines.ts'
import { newAccount, newColleague, newMachine } from './people.ts'
import type { Fault, MachinePatch, WantedAccount, WantedMachine, WantedUser } from './types.ts'

type Control = { simulation: Simulation; faults: Faults; log: RequestLog }
type HonoContext = Context<Env>

const isLoopback = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address)

const loopbackOnly: MiddlewareHandler<Env> = (c, next) =>
  isLoopback(c.env.incoming.socket.remoteAddress ?? '')
    ? next()
    : Promise.resolve(send(c, answerToError(refusal('missing'))))

/** Returns the body, which is not checked: it comes from the control client of the same version. */
const bodyOf = async <T>(c: HonoContext): Promise<T> =>
  JSON.parse((await readText(c.env.incoming)) || '{}') as T

const idOf = (c: HonoContext): number => Number(c.req.param('id'))

const ok = (c: HonoContext, value: unknown): Response => send(c, json(200, value ?? null))

/** Adds the control path, with which tests steer the simulator: it is outside the API, and for this computer only. */
export const addControlRoutes = (app: Hono<Env>, { simulation, faults, log }: Control): void => {
  const change = <T>(work: () => T): T => simulation.brain.store.transaction(work)

  app.use('/_control/*', loopbackOnly)
  app.post('/_control/reset', async (c) => {
    simulation.reset(await bodyOf<{ machines?: number }>(c))
    faults.clear()
    log.clear()
    return send(c, noContent())
  })
  app.post('/_control/accounts', async (c) => {
    const wanted = await bodyOf<WantedAccount>(c)
    return ok(
      c,
      change(() => newAccount(simulation.brain, wanted)),
    )
  })
  app.post('/_control/users', async (c) => {
    const wanted = await bodyOf<WantedUser>(c)
    return ok(
      c,
      change(() => newColleague(simulation.brain, wanted)),
    )
  })
  app.post('/_control/accounts/:id/machines', async (c) => {
    const wanted = await bodyOf<WantedMachine>(c)
    return ok(
      c,
      change(() => newMachine(simulation.brain, idOf(c), wanted)),
    )
  })
  app.get('/_control/machines/:id', (c) => {
    simulation.brain.clock.catchUp()
    return ok(c, wholeMachine(simulation.brain, idOf(c)))
  })
  app.put('/_control/machines/:id', async (c) => {
    const patch = await bodyOf<MachinePatch>(c)
    return ok(
      c,
      change(() => patchMachine(simulation.brain, idOf(c), patch)),
    )
  })
  app.delete('/_control/machines/:id', (c) => {
    const { store } = simulation.brain
    const machine = store.machines.get(idOf(c))
    if (machine) change(() => purge(store, machine))
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
    if (otps) simulation.brain.otps.expire()
    if (sessions) simulation.brain.sessions.expire()
    if (milliseconds) simulation.brain.advanceWallClock(milliseconds)
    return send(c, noContent())
  })
  app.put('/_control/clock', async (c) => {
    const { speed, advance } = await bodyOf<{ speed?: number; advance?: number }>(c)
    if (speed !== undefined) simulation.brain.clock.setSpeed(speed)
    if (advance !== undefined) simulation.brain.clock.advance(advance)
    return ok(c, { now: simulation.brain.clock.now() })
  })
  app.put('/_control/behaviour', async (c) => {
    const { buildFails, blocking } = await bodyOf<{ buildFails?: number | 'all'; blocking?: boolean }>(c)
    if (buildFails !== undefined) simulation.brain.buildFails = buildFails === 'all' ? Infinity : buildFails
    if (blocking !== undefined) simulation.brain.blocking = blocking
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
