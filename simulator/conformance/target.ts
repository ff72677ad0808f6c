import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { startSimulator, type Simulator } from '../server.ts'
import { isLoopbackUrl } from './loopback.ts'
import { askAs, basic, request, type Ask, type Reply } from '../tests/bigv.ts'

/** The BigV that the suite is pointed at; a simulator of its own, hurried, if none is given. */
const given = process.env['CONFORMANCE_URL'] || undefined
const username = process.env['BIGV_USER'] ?? 'demo'
const password = process.env['BIGV_PASSWORD'] ?? 'demo'
const token = process.env['BIGV_TOKEN']
const otp = process.env['BIGV_OTP']

/** An account that the user is the admin of. */
export const account = process.env['BIGV_ACCOUNT'] ?? 'acme'

/** Whether anything may be changed: on this computer alone. */
export const isWritable = given === undefined || isLoopbackUrl(given)

/** Whether the target is a simulator whose users and tokens are known. */
export const isOwn = given === undefined

export const credentials = {
  ...(token ? { Authorization: `Bearer ${token}` } : basic(username, password)),
  ...(otp && { 'X-Yubikey-Otp': otp }),
}

/** What the target takes at most for anything, in milliseconds: a creation at the speed of life, and more. */
const patience = 180_000

let url = given?.replace(/\/+$/, '') ?? ''

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
  vi.setConfig({ testTimeout: patience, hookTimeout: patience })
  let own: Simulator | undefined
  beforeAll(async () => {
    if (given !== undefined) return
    own = await startSimulator({ machines: 8, speed: 500, tokens: ['apikey.suite'] })
    url = own.url
  })
  afterAll(() => own?.close())
}

/** Asks again and again until the answer is as wanted, and returns it; fails after the time that everything is done in. */
export const until = async (path: string, isWanted: (reply: Reply) => boolean): Promise<Reply> => {
  const end = Date.now() + patience
  for (;;) {
    const reply = await ask('GET', path)
    if (isWanted(reply)) return reply
    if (Date.now() > end) expect.fail(`${path} did not get there in time: ${reply.status} ${reply.text}`)
    await sleep(given === undefined ? 2 : 500)
  }
}
