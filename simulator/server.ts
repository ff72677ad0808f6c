import { createAdaptorServer } from '@hono/node-server'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Faults } from './control/faults.ts'
import { RequestLog } from './control/log.ts'
import { addControlRoutes } from './control/routes.ts'
import { addRoutes, answerToError, newApp, send } from './http/app.ts'
import { intake } from './http/intake.ts'
import { Refusal } from './http/refusal.ts'
import { Simulation, type SimulationOptions } from './simulation.ts'

export type SimulatorOptions = Partial<SimulationOptions> & {
  /** 0 for any free one, which is what it is unless said. */
  port?: number
  /** Loopback unless said. */
  host?: string
  /** Whether the control path for tests is there, and requests are logged. */
  control?: boolean
}

export type Simulator = { url: string; port: number; close(): Promise<void> }

/**
 * Milliseconds that an idle connection is kept. Longer than clients and proxies keep theirs, so that no request meets a
 * connection that is just being closed.
 */
const idleConnection = 75_000

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })

const appOf = (simulation: Simulation, control: boolean): ReturnType<typeof newApp> => {
  const app = newApp()
  const steering = control ? { log: new RequestLog(), faults: new Faults() } : undefined
  if (steering) addControlRoutes(app, { simulation, ...steering })
  app.use(intake(steering))
  addRoutes(app, simulation)
  app.onError((error, c) => {
    if (error instanceof Refusal) return send(c, answerToError(error))
    if (!c.env.incoming.destroyed) process.stderr.write(`${error.stack ?? error.message}\n`)
    return send(c, { status: 500, contentType: 'text/plain', body: 'Internal error' })
  })
  return app
}

/**
 * Starts a simulator, and returns where it is. Rejects with the error of `listen`, e.g. of code EADDRINUSE, when it cannot
 * have the port.
 */
export const startSimulator = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const { port = 0, host = '127.0.0.1', control = false } = options
  const {
    machines = 42,
    speed = 1,
    tokens = [],
    cluster = 'uk0.bigv.io',
    fog = false,
    state = null,
  } = options
  const simulation = new Simulation({ machines, speed, tokens, cluster, fog, state })
  const app = appOf(simulation, control)
  const server = createAdaptorServer({ fetch: app.fetch, hostname: host }) as Server
  server.keepAliveTimeout = idleConnection
  const bound = await listen(server, port, host).catch((error: unknown) => {
    simulation.stop()
    throw error
  })
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        simulation.stop()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
