import { request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { controlClient } from '../control/client.ts'
import { startSimulator, type Simulator } from '../server.ts'
import { askAs, basic, request, type Ask, type Reply } from '../tests/bigv.ts'

/** The BigV to test. Without a URL, the suite starts a fast simulator of its own. */
const externalUrl = process.env['CONFORMANCE_URL'] || undefined
const username = process.env['BIGV_USER'] ?? 'demo'
const password = process.env['BIGV_PASSWORD'] ?? 'demo'
const token = process.env['BIGV_TOKEN']
const otp = process.env['BIGV_OTP']

/** The account for the tests; the suite's user must be its admin. */
export const account = process.env['BIGV_ACCOUNT'] ?? 'acme'

/** Host names of this computer. */
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/

/** True for a URL on this computer, because tests may safely change a local target's data. */
export const isLoopbackUrl = (url: string): boolean => loopback.test(new URL(url).hostname)

/** True if the tests may change data: only on this computer. */
export const isWritable = externalUrl === undefined || isLoopbackUrl(externalUrl)

/** True if the target is the suite's own simulator, whose users and tokens are known. */
export const isOwnSimulator = externalUrl === undefined

export const credentials = {
  ...(token ? { Authorization: `Bearer ${token}` } : basic(username, password)),
  ...(otp && { 'X-Yubikey-Otp': otp }),
}

/** Milliseconds; longer than a creation takes at speed 1. */
const timeout = 180_000

let url = externalUrl?.replace(/\/+$/, '') ?? ''

export const targetUrl = (): string => url

/** Sends a request to the target with the suite's credentials. */
export const ask: Ask = (method, path, body) => askAs(url, credentials)(method, path, body)

/** Sends a request to the target with these headers only. */
export const askWith = (
  headers: Record<string, string>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Reply> => request(url + path, method, headers, body)

/** Sends a body with the given Content-Type, or without any, which `fetch` can't do with a string. */
export const sendAs = (
  method: string,
  path: string,
  body: string,
  contentType?: string,
): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const headers = {
      ...credentials,
      'Content-Length': Buffer.byteLength(body),
      ...(contentType && { 'Content-Type': contentType }),
    }
    const sent = httpRequest(url + path, { method, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })

/** Starts the suite's own simulator for the tests of a file, unless a target URL is set. */
export const useTarget = (): void => {
  vi.setConfig({ testTimeout: timeout, hookTimeout: timeout })
  let own: Simulator | undefined
  beforeAll(async () => {
    if (externalUrl !== undefined) return
    own = await startSimulator({ machines: 8, speed: 500, tokens: ['apikey.suite'], control: true })
    url = own.url
  })
  afterAll(() => own?.close())
}

/** Lets the given number of milliseconds pass at once; works only with the suite's own simulator. */
export const advance = (milliseconds: number): Promise<void> => controlClient(url).advance(milliseconds)

/** Repeats a GET until `isReady` accepts the answer, and returns the answer. Fails after the timeout. */
export const until = async (path: string, isReady: (reply: Reply) => boolean): Promise<Reply> => {
  const end = Date.now() + timeout
  for (;;) {
    const reply = await ask('GET', path)
    if (isReady(reply)) return reply
    if (Date.now() > end) expect.fail(`${path} was not ready in time: ${reply.status} ${reply.text}`)
    await sleep(externalUrl === undefined ? 2 : 500)
  }
}
