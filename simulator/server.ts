import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Bigv } from './bigv.ts'
import { Faults, logAndInjectFaults } from './control/faults.ts'
import { RequestLog } from './control/request-log.ts'
import { addControlRoutes } from './control/routes.ts'
import { buildFleet, demoUser } from './fleet/fleet.ts'
import { addRoutes, answerToError, bodyReader, newApp, send, type Env } from './http/app.ts'
import { routes } from './routes.ts'
import { Refusal } from './rules/refusals.ts'

/** See simulator/settings.ts, which reads the same from the environment. */
export type SimulatorOptions = {
  /** 0 for any free one, which is what it is unless said. */
  port?: number
  /** Loopback unless said. */
  host?: string
  /** How many machines are in acme's group default. */
  machines?: number
  /** Times faster than life; 0 stands still. */
  speed?: number
  /** Bearer tokens that are taken as the demo user's. */
  tokens?: readonly string[]
  /** Tail of every host name. */
  cluster?: string
  /** Whether plain POSTs are answered with 201 rather than 200. */
  created?: boolean
  /** Whether deleted privileges are answered with 200, which the client fog insists on. */
  fog?: boolean
  /** File in which the state is kept; null keeps it in memory. */
  state?: string | null
  /** Whether the control path for tests is there, and requests are logged. */
  control?: boolean
}

export type Simulator = { url: string; port: number; close(): Promise<void> }

/**
 * Milliseconds that an idle connection is kept. Longer than clients and proxies keep theirs, so that no request meets a
 * connection that is just being closed.
 */
const idleTimeout = 75_000

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })

const appOf = (bigv: Bigv, machines: number, control: boolean): Hono<Env> => {
  const app = newApp()
  const log = new RequestLog()
  const faults = new Faults()
  if (control) addControlRoutes(app, { bigv, faults, log, machines })
  app.use(bodyReader)
  if (control) app.use(logAndInjectFaults(faults, log))
  addRoutes(app, bigv, routes)
  app.onError((error, c) => {
    if (error instanceof Refusal) return send(c, answerToError(error))
    if (!c.env.incoming.destroyed) process.stderr.write(`${error.stack ?? error.message}\n`)
    return send(c, { status: 500, contentType: 'text/plain', body: 'Internal error' })
  })
  return app
}

/**
 * Starts a simulator, and returns where it is. Rejects with the error of `listen`, e.g. of code EADDRINUSE, when it cannot
 * have the port, and with a StateError when it cannot use the state file.
 */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const { port = 0, host = '127.0.0.1', control = false } = options
  const {
    machines = 42,
    speed = 1,
    tokens = [],
    cluster = 'uk0.bigv.io',
    created = false,
    fog = false,
    state = null,
  } = options
  const owners = new Map(tokens.map((token) => [token, demoUser.username]))
  const bigv = new Bigv({ speed, tokens: owners, cluster, created, fog, state })
  bigv.start(() => buildFleet(bigv, machines))
  const app = appOf(bigv, machines, control)
  const server = createAdaptorServer({ fetch: app.fetch, hostname: host }) as Server
  server.keepAliveTimeout = idleTimeout
  const boundPort = await listen(server, port, host).catch((error: unknown) => {
    bigv.stop()
    throw error
  })
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    port: boundPort,
    close: () =>
      new Promise((resolve) => {
        bigv.stop()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
