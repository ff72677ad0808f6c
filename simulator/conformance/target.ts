import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { controlClient } from '../control/client.ts'
import { startSimulator, type Simulator } from '../server.ts'
import { isLoopbackUrl } from './loopback.ts'
import { askAs, basic, request, type Ask, type Reply } from '../tests/bigv.ts'

/** The BigV that the suite is pointed at; a simulator of its own, hurried, if none is given. */
const externalUrl = process.env['CONFORMANCE_URL'] || undefined
const username = process.env['BIGV_USER'] ?? 'demo'
const password = process.env['BIGV_PASSWORD'] ?? 'demo'
const token = process.env['BIGV_TOKEN']
const otp = process.env['BIGV_OTP']

/** An account that the user is the admin of. */
export const account = process.env['BIGV_ACCOUNT'] ?? 'acme'

/** Whether anything may be changed: on this computer alone. */
export const isWritable = externalUrl === undefined || isLoopbackUrl(externalUrl)

/** Whether the target is a simulator whose users and tokens are known. */
export const isOwnSimulator = externalUrl === undefined

export const credentials = {
  ...(token ? { Authorization: `Bearer ${token}` } : basic(username, password)),
  ...(otp && { 'X-Yubikey-Otp': otp }),
}

/** What the target takes at most for anything, in milliseconds: a creation at the speed of life, and more. */
const timeout = 180_000

let url = externalUrl?.replace(/\/+$/, '') ?? ''

/** Returns the address of the target. */
export const targetUrl = (): string => url

/** Asks the target, with the credentials that the suite was given. */
export const ask: Ask = (method, path, body) => askAs(url, credentials)(method, path, body)

/** Asks the target with these headers alone. */
export const askWith = (
  headers: Record<string, string>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Reply> => request(url + path, method, headers, body)

/** Starts the suite's own simulator for the tests of a file, if it was given no other target. */
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

/** Lets that many milliseconds pass at once, in the suite's own simulator alone. */
export const advance = (milliseconds: number): Promise<void> => controlClient(url).advance(milliseconds)

/** Asks again and again until the answer is as wanted, and returns it; fails after the time that everything is done in. */
export const until = async (path: string, isReady: (reply: Reply) => boolean): Promise<Reply> => {
  const end = Date.now() + timeout
  for (;;) {
    const reply = await ask('GET', path)
    if (isReady(reply)) return reply
    if (Date.now() > end) expect.fail(`${path} did not get there in time: ${reply.status} ${reply.text}`)
    await sleep(externalUrl === undefined ? 2 : 500)
  }
}
