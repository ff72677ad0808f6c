import { spawn } from 'node:child_process'
import { chmodSync, chownSync, closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { json } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { unusedPort } from '../../tools/testing/fake-bigv.ts'
import { Wire } from '../../tools/testing/wire.ts'
import { startNameServer } from './name-server.ts'

export type ServerName = 'nginx' | 'caddy'

export type WebServerOptions = {
  server: ServerName
  bigvUrl: string
  /** by default bigvUrl, because the simulator issues tokens itself */
  authUrl?: string
  /** the built dashboard, which is copied because the server's user may be unable to read the repository */
  dashboard: string
  /** more settings (docs/operations.md#settings) */
  env?: Record<string, string>
}

export type WebServer = {
  url: string
  port: number
  open: () => Wire
  /** the copy of the dashboard; tests may change it */
  dashboard: string
  /** its output, including the access log */
  log: () => string
  /** stops the server once running requests have ended, as in docs/operations.md#updating */
  stop: () => Promise<void>
  /** ends the server at once */
  close: () => Promise<void>
}

const DEPLOY = path.resolve(import.meta.dirname, '..')
const NOBODY = 65_534
/**
 * The signals that stop a server: `stop` after its running requests, `end` at once. nginx needs SIGTERM to end its workers,
 * too.
 */
export const SIGNALS = {
  nginx: { stop: 'SIGQUIT', end: 'SIGTERM' },
  caddy: { stop: 'SIGTERM', end: 'SIGKILL' },
} as const
const START_LIMIT_MS = 15_000
const ANSWER_LIMIT_MS = 1000
const IN_USE = /address already in use/i

/**
 * Serves a dashboard through the server's start script, as the image does: on loopback, as an unprivileged user, from a copy
 * of deploy/ and of the dashboard.
 * @throws with its output if it doesn't start
 */
export async function startWebServer(options: WebServerOptions, findPort = unusedPort): Promise<WebServer> {
  for (let tries = 1; ; tries++) {
    try {
      return await startOnce(options, await findPort())
    } catch (error) {
      // Another process has taken the port since it was found free.
      if (tries === 3 || !IN_USE.test(String(error))) throw error
    }
  }
}

async function startOnce(options: WebServerOptions, port: number): Promise<WebServer> {
  const { server, bigvUrl, authUrl = bigvUrl, env = {} } = options
  const folder = mkdtempSync(path.join(tmpdir(), `bigv-${server}-`))
  const dashboard = path.join(folder, 'dashboard')
  const run = path.join(folder, 'run')
  cpSync(DEPLOY, path.join(folder, 'deploy'), { recursive: true })
  cpSync(options.dashboard, dashboard, { recursive: true })
  for (const open of [folder, dashboard]) chmodSync(open, 0o755)
  const asNobody = process.getuid?.() === 0
  if (asNobody) chownSync(folder, NOBODY, NOBODY)
  const logFile = path.join(folder, 'log')
  const output = openSync(logFile, 'a')
  const names = await startNameServer()
  if (asNobody) chownSync(logFile, NOBODY, NOBODY)

  const child = spawn('sh', [path.join(folder, 'deploy', server, 'start.sh')], {
    cwd: folder,
    // The output goes to a file: Node.js uses sockets for pipes, and a server can't open a socket as /dev/stdout.
    stdio: ['ignore', output, output],
    ...(asNobody && { uid: NOBODY, gid: NOBODY }),
    env: {
      PATH: `${process.env.PATH}:/usr/sbin`,
      BIGV_NGINX: process.env.BIGV_NGINX,
      BIGV_URL: bigvUrl,
      BIGV_AUTH_URL: authUrl,
      BIGV_DASHBOARD: dashboard,
      BIGV_RUN: run,
      BIGV_ADDRESS: '127.0.0.1',
      BIGV_PORT: String(port),
      BIGV_RESOLVER: names.address,
      ...env,
    },
  })
  const end = () => child.kill(SIGNALS[server].end)
  process.once('exit', end)
  let running = true
  const ended = new Promise<void>((resolve) => {
    const note = () => {
      running = false
      resolve()
    }
    child.once('close', note)
    child.once('error', note)
  })
  const log = () => readFileSync(logFile, 'utf8')
  const stop = async () => {
    child.kill(SIGNALS[server].stop)
    await ended
  }
  const close = async () => {
    end()
    await ended
    process.off('exit', end)
    closeSync(output)
    await names.close()
    rmSync(folder, { recursive: true, force: true })
  }

  const url = `${env.BIGV_TLS_KEY ? 'https' : 'http'}://127.0.0.1:${port}`
  const limit = Date.now() + START_LIMIT_MS
  while (!(await isServedAt(url, new URL(bigvUrl).host))) {
    if (running && Date.now() < limit && !IN_USE.test(log())) {
      await Promise.race([setTimeout(10), ended])
      continue
    }
    const text = log()
    await close()
    throw new Error(`${server} didn't start. Its output:\n${text}`)
  }
  const connect = () => new Wire(net.connect({ port, host: '127.0.0.1' }))
  return { url, port, open: connect, dashboard, log, stop, close }
}

/** True if this BigV's dashboard answers at the URL, rather than another process on the same port. */
function isServedAt(url: string, brain: string): Promise<boolean> {
  const { get } = url.startsWith('https:') ? https : http
  const options = { agent: false, rejectUnauthorized: false, timeout: ANSWER_LIMIT_MS }
  return new Promise((resolve) => {
    const request = get(`${url}/dashboard.json`, options, (response) => {
      json(response).then(
        (data) => resolve((data as { brain?: unknown }).brain === brain),
        () => resolve(false),
      )
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => resolve(false))
  })
}
