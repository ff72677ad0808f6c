import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import {
  controlClient,
  type ControlClient,
  type LoggedRequest,
  type NewAccount,
} from '../../../simulator/control/client.ts'
import { createSimulator } from '../../../simulator/server.ts'
import type { BasicCredentials } from '../../session/credentials.ts'
import { queryClient } from '../query-client.ts'
import { fetchFrom } from './fetch-from.ts'

export type Fault = Parameters<ControlClient['addFault']>[0]

/** So fast that starting a machine or installing a system takes a few milliseconds. */
const FAST = 10_000

/** Where the page finds it. Nothing listens there. */
const ORIGIN = 'http://bigv.test'

/** The simulator in the place of the proxy and of BigV behind it, for all tests of a file. Time runs, but for `control.pauseTime`. */
export interface SimulatedBigv {
  readonly control: ControlClient
  /** The id of the account "acme", in which the user "demo" may do everything. */
  acme: number
  /** What was received in this test, in order. */
  received: () => Promise<LoggedRequest[]>
  /** The same in short: "GET", or a write with its path and its body. */
  log: () => Promise<unknown[]>
  /** The writes of it. */
  writes: () => Promise<unknown[]>
  /** Has the next requests of this method end thus, one after the other. */
  answer: (method: Method, ...faults: Fault[]) => Promise<void>
  /** Is called with each request once BigV has dealt with it, before the page has the answer, which waits for what this returns. */
  onAnswer: (request: Request) => unknown
  /** How many milliseconds of life pass at BigV after each signal, before the page has the answer. */
  passesAfterSignal: number
  /** Is called with each request before it is sent, which waits for what this returns. */
  onRequest: (request: Request) => unknown
}

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE'

/** An answer with a status; a text goes as it is, anything else as JSON. */
export const status = (code: number, body: unknown = ''): Fault => ({ kind: 'status', status: code, body })

/** No answer: the connection is cut, before anything was done or after. */
export const cut: Fault = { kind: 'cut-before' }
export const cutAfter: Fault = { kind: 'cut-after-processing' }

/** A good answer, at its turn among others. */
export const fine: Fault = { kind: 'slow' }

/** A request as BigV receives it. */
export type Received = Pick<LoggedRequest, 'method' | 'path' | 'body'>

async function asReceived(request: Request): Promise<Received> {
  const text = await request.clone().text()
  return {
    method: request.method,
    path: new URL(request.url).pathname,
    body: text === '' ? null : (JSON.parse(text) as unknown),
  }
}

/** Has the first write that fits end thus, which may depend on how the machine is then. */
export function failWhen(
  bigv: SimulatedBigv,
  fits: (received: Received) => boolean,
  fault: Fault | ((received: Received) => Fault | Promise<Fault>),
): void {
  let failed = false
  bigv.onRequest = async (request) => {
    if (failed || request.method === 'GET') return
    const received = await asReceived(request)
    if (!fits(received)) return
    failed = true
    await bigv.answer(received.method as Method, typeof fault === 'function' ? await fault(received) : fault)
  }
}

/** Has BigV do the writes that fit, of which the page never hears. */
export function keepAnswer(bigv: SimulatedBigv, fits: (received: Received) => boolean): void {
  const kept = new WeakSet<Request>()
  bigv.onRequest = async (request) => {
    if (request.method !== 'GET' && fits(await asReceived(request))) kept.add(request)
  }
  bigv.onAnswer = (request) => (kept.has(request) ? new Promise(() => {}) : undefined)
}

/** The user of a new account, who may do everything in it. */
export const userOf = ({ account, username, password }: NewAccount): BasicCredentials => ({
  account,
  username,
  password,
  otp: '',
})

/**
 * Starts the simulator for the tests of this file, and makes it the origin of the page. No socket is opened, so that fake timers rule
 * the way to BigV and back. Requests go to "/api/…", and only a page has an address to resolve that against, so the globals Request
 * and fetch get one; Node 20 has no navigator, which says here whether the browser is online.
 */
export function useSimulatedBigv(): SimulatedBigv {
  let simulator: ReturnType<typeof createSimulator> | undefined
  let control: ControlClient | undefined
  let send = fetch
  const started = () => {
    if (control === undefined) throw new Error('The simulator runs while there are tests.')
    return control
  }
  const bigv: SimulatedBigv = {
    get control() {
      return started()
    },
    acme: 0,
    received: () => started().requests(),
    log: async () =>
      (await bigv.received()).map(({ method, path, body }) =>
        method === 'GET' ? 'GET' : [method, path, body],
      ),
    writes: async () => (await bigv.log()).filter((entry) => entry !== 'GET'),
    async answer(method, ...faults) {
      for (const fault of faults) await started().addFault({ ...fault, match: { method, ...fault.match } })
    },
    onAnswer: () => {},
    passesAfterSignal: 0,
    onRequest: () => {},
  }
  beforeAll(async () => {
    simulator = createSimulator({ control: true, speed: FAST, machines: 0 })
    send = fetchFrom(simulator.app)
    control = controlClient(ORIGIN, send)
    const account = await send(`${ORIGIN}/accounts/acme`, {
      headers: { Authorization: `Basic ${btoa('demo:demo')}` },
    })
    bigv.acme = ((await account.json()) as { id: number }).id
  })
  beforeEach(async () => {
    bigv.onAnswer = () => {}
    bigv.onRequest = () => {}
    bigv.passesAfterSignal = 0
    await started().setSpeed(FAST)
    await started().clearRequests()
    takeThePlaceOfBigv(bigv, send)
  })
  afterEach(async () => {
    queryClient.clear()
    vi.unstubAllGlobals()
    await started().clearFaults()
  })
  afterAll(() => simulator?.stop())
  return bigv
}

function takeThePlaceOfBigv(bigv: SimulatedBigv, send: typeof fetch): void {
  class PageRequest extends Request {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(typeof input === 'string' ? new URL(input.replace(/^\/api(?=\/)/, ''), ORIGIN) : input, init)
    }
  }
  vi.stubGlobal('Request', PageRequest)
  vi.stubGlobal('fetch', async (request: Request) => {
    await bigv.onRequest(request)
    const answer = send(request)
    await answer.catch(() => {})
    if (bigv.passesAfterSignal > 0 && request.url.endsWith('/signal'))
      await bigv.control.advance(bigv.passesAfterSignal)
    await bigv.onAnswer(request)
    return answer
  })
  vi.stubGlobal('navigator', { onLine: true })
}
