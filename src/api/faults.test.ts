import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { signIn, signOut } from '../session/session.ts'
import { ApiError, traceLine } from './errors.ts'
import { queryClient } from './query-client.ts'
import { CALLS, CREDENTIALS, SEND_NOTHING, type Call } from './testing/calls.ts'
import { json, startFakeBigv, type FakeBigv } from './testing/fake-bigv.ts'
import { FAULTS, type Fault } from './testing/faults.ts'

// Tries every call of this folder with every fault, over real connections.

/** The second request of a call that falls back after a 404. */
const FALLBACK = 'GET /accounts'

let bigv: FakeBigv
let elsewhere: { url: string; received: IncomingMessage[]; close: () => unknown }

beforeAll(async () => {
  // No retries here: query-client.test.ts tests retries.
  const { queries } = queryClient.getDefaultOptions()
  queryClient.setDefaultOptions({ queries: { ...queries, retry: false } })
  const received: IncomingMessage[] = []
  const server = createServer((request, response) => {
    received.push(request)
    json(response, 200, { brain: 'another' })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  elsewhere = { url: `http://127.0.0.1:${port}/`, received, close: () => server.close() }
})
afterAll(() => elsewhere.close())
beforeEach(async () => {
  bigv = await startFakeBigv()
  signIn(CREDENTIALS, false)
  elsewhere.received.length = 0
})
afterEach(async () => {
  vi.restoreAllMocks()
  signOut()
  queryClient.clear()
  await bigv.close()
})

test('the tests’ list of API calls has every export that sends requests', () => {
  const modules = import.meta.glob<object>(['./*.ts', './large-lists/*.ts', '!./**/*.test.ts'], {
    eager: true,
  })
  const exported = Object.values(modules).flatMap((module) =>
    Object.entries(module).flatMap(([name, value]) =>
      functionsOf(value).map(([key, act]) => ({ name: key === '' ? name : `${name}.${key}`, act })),
    ),
  )
  const known = new Set([...CALLS.map(({ of }) => of), ...SEND_NOTHING])
  expect(exported.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([])
  expect([...known].filter((name) => !exported.some((found) => found.name === name))).toEqual([])
  const quiet = exported.filter(({ name }) => SEND_NOTHING.includes(name))
  expect(quiet.filter(({ act }) => /\b(?:request|fetch)\)?\(/.test(String(act)))).toEqual([])
})

test.each(FAULTS)(
  'every API call reports $name, and repeats no request',
  { timeout: 60_000 },
  async (fault) => {
    bigv.answer = (_, response) => fault.answer(response, elsewhere.url)
    const timeUp = fault.neverEnds && holdLimits()
    if (fault.large) for (const call of CALLS) await tryOne(call, fault)
    else {
      const tried = Promise.all(CALLS.map((call) => tryOne(call, fault)))
      await timeUp?.(fault.status !== 0)
      await tried
    }
    const again = fault.status === 404 ? CALLS.filter(({ fallsBack }) => fallsBack) : []
    expect(sent().sort()).toEqual([...CALLS.map(({ sends }) => sends), ...again.map(() => FALLBACK)].sort())
    expect(elsewhere.received).toEqual([])
  },
)

// Runs after the faults, because some calls keep their last good answer.
test.each(CALLS)('$of accepts a valid answer to $sends', async (call) => {
  bigv.answer = (_, response) =>
    typeof call.good === 'string' ? response.end(call.good) : json(response, 200, call.good)
  const given = await call.makes()
  expect(sent()).toEqual([call.sends])
  if (call.onFailure && given !== undefined) expect(given).not.toEqual(call.onFailure.returns())
})

async function tryOne(call: Call, fault: Fault) {
  const ended: { value?: unknown; error?: unknown } = await call.makes().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if (call.onFailure) expect(ended, call.of).toEqual({ value: call.onFailure.returns() })
  else if (call.ignoresBody && fault.fineIfBodyIgnored) expect(ended, call.of).toHaveProperty('value')
  else expectError(ended.error, call, fault)
}

function expectError(error: unknown, call: Call, fault: Fault) {
  if (!(error instanceof ApiError)) throw new Error(`${call.of} gave no ApiError.`, { cause: error })
  const { kind, status, sent = 'yes' } = fault
  expect(error, call.of).toMatchObject({ kind, status, sent, message: expect.stringMatching(fault.message) })
  const asked = call.fallsBack && status === 404 ? FALLBACK : call.sends
  const [method, path] = asked.split(' ')
  expect(error.trace, call.of).toMatchObject({ method, path, status })
  expect(error.trace.duration).toBeGreaterThanOrEqual(0)
  expect(traceLine(error.trace)).toContain(`${asked} → ${status === 0 ? 'no answer' : status} after `)
  const shown = JSON.stringify([error.message, error.trace, error.text, error.fields])
  expect(shown).not.toMatch(/hunter2|cccjgjgkhcbb/)
  expect(shown.length, call.of).toBeLessThan(5_000)
  if (call.of === 'fetchCredentials') expect(error.message).not.toContain('BigV')
}

function sent(): string[] {
  return bigv.received.map(({ method, path }) => `${method} ${path}`)
}

/** Stops all time-outs. Returns a function that lets them expire once every call waits for an answer or for the rest of its answer. */
function holdLimits(): (within: boolean) => Promise<void> {
  const limit = new AbortController()
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal)
  const { settledResults } = vi.spyOn(globalThis, 'fetch').mock
  return async (within) => {
    await expect.poll(() => bigv.received).toHaveLength(CALLS.length)
    if (within)
      await expect.poll(() => settledResults.map(({ type }) => type)).toEqual(CALLS.map(() => 'fulfilled'))
    limit.abort(new DOMException('Time is up.', 'TimeoutError'))
  }
}

/** The functions of an export: the export itself (named ''), or its properties by name. */
function functionsOf(value: unknown): [string, unknown][] {
  if (typeof value === 'function') return [['', value]]
  if (typeof value !== 'object' || value === null) return []
  if (Object.getPrototypeOf(value) !== Object.prototype || '_zod' in value) return []
  return Object.entries(value).filter(([, part]) => typeof part === 'function')
}
