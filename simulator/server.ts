import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Bigv } from './bigv.ts'
import { Faults, logAndInjectFaults, RequestLog } from './control/requests.ts'
import { addControlRoutes } from './control/routes.ts'
import { buildFleet, demoUser } from './fleet/fleet.ts'
import { addRoutes, answerToError, bodyReader, newApp, send, type Env } from './http/app.ts'
import { routes } from './routes.ts'
import { Refusal } from './rules/refusals.ts'

/** How a simulator starts. The command has the same settings (`settings.ts`). */
export type SimulatorOptions = {
  /** 0, the default, picks a free port. */
  port?: number
  /** Loopback by default. */
  host?: string
  /** How many machines acme's group default has. */
  machines?: number
  /** How many times faster than real time; 0 stops time. */
  speed?: number
  /** Bearer tokens that sign in as demo. */
  tokens?: readonly string[]
  /** The end of every host name. */
  cluster?: string
  /** True if a POST that creates a record answers 201 instead of 200. */
  created?: boolean
  /** True if the DELETE of a privilege answers 200, which the client fog needs. */
  fog?: boolean
  /** The state file; with null, the state is only in memory. */
  state?: string | null
  /** True if the simulator logs requests and tests can steer it through /_control/. */
  control?: boolean
}

export type Simulator = { url: string; port: number; close(): Promise<void> }

/**
 * How long the server keeps idle connections, in milliseconds. Clients and proxies close them earlier, so they never send
 * a request on a connection that is just closing.
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
 * A simulator that doesn't listen on a port; `stop` ends its background work. Throws a StateError if the state file cannot
 * be used.
 */
export const createSimulator = (options: SimulatorOptions = {}): { app: Hono<Env>; stop: () => void } => {
  const {
    machines = 42,
    speed = 1,
    tokens = [],
    cluster = 'uk0.bigv.io',
    created = false,
    fog = false,
    state = null,
    control = false,
  } = options
  const owners = new Map(tokens.map((token) => [token, demoUser.username]))
  const bigv = new Bigv({ speed, tokens: owners, cluster, created, fog, state })
  bigv.start(() => buildFleet(bigv, machines))
  return { app: appOf(bigv, machines, control), stop: () => bigv.stop() }
}

/**
 * Starts a simulator, and returns its URL and a function to close it. Rejects with the error of `listen`, such as
 * EADDRINUSE, if it cannot listen, and with a StateError if the state file cannot be used.
 */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const { port = 0, host = '127.0.0.1' } = options
  const { app, stop } = createSimulator(options)
  const server = createAdaptorServer({ fetch: app.fetch, hostname: host }) as Server
  server.keepAliveTimeout = idleTimeout
  const boundPort = await listen(server, port, host).catch((error: unknown) => {
    stop()
    throw error
  })
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    port: boundPort,
    close: () =>
      new Promise((resolve) => {
        stop()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
