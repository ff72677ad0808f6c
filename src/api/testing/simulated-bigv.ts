import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import {
  controlClient,
  type ControlClient,
  type LoggedRequest,
  type NewAccount,
} from '../../../simulator/control/client.ts'
import { createSimulator } from '../../../simulator/server.ts'
import { createTabLocks } from '../../lib/browser/tab-locks.ts'
import type { BasicCredentials } from '../../session/credentials.ts'
import { queryClient } from '../query-client.ts'
import { fetchFrom } from './fetch-from.ts'

export type Fault = Parameters<ControlClient['addFault']>[0]

/** The simulator's speed, at which starting a machine or installing a system takes a few milliseconds. */
const FAST = 10_000

/** The page's origin. No server listens there. */
const ORIGIN = 'http://bigv.test'

/** A simulator in place of the proxy and BigV, for all tests of a file. Time passes, except while `control.pauseTime` stops it. */
export interface SimulatedBigv {
  readonly control: ControlClient
  /** The id of the account "acme", in which the user "demo" has all rights. */
  acme: number
  /** The requests received in this test, in order. */
  received: () => Promise<LoggedRequest[]>
  /** The received requests in short: "GET", or a write with its path and body. */
  log: () => Promise<unknown[]>
  /** Only the writes of `log`. */
  writes: () => Promise<unknown[]>
  /** Makes the next requests of this method end with these faults, one fault each, in order. */
  answer: (method: Method, ...faults: Fault[]) => Promise<void>
  /** Called with each request after BigV has handled it. The page gets the answer once the returned promise resolves. */
  onAnswer: (request: Request) => unknown
  /** How many simulated ms pass at BigV after each signal, before the page gets the answer. */
  passesAfterSignal: number
  /** Called with each request before it is sent. The request is sent once the returned promise resolves. */
  onRequest: (request: Request) => unknown
}

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE'

/** An answer with a status. Text is sent unchanged, anything else as JSON. */
export const status = (code: number, body: unknown = ''): Fault => ({ kind: 'status', status: code, body })

/** No answer: the connection is cut before or after BigV has carried out the request. */
export const cut: Fault = { kind: 'cut-before' }
export const cutAfter: Fault = { kind: 'cut-after-processing' }

/** A normal answer, to leave a gap in a sequence of faults. */
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

/** Makes the first write for which `fits` is true end with this fault, which may depend on the machine's state at that moment. */
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

/** Lets BigV carry out the writes for which `fits` is true, but never answers the page. */
export function keepAnswer(bigv: SimulatedBigv, fits: (received: Received) => boolean): void {
  const kept = new WeakSet<Request>()
  bigv.onRequest = async (request) => {
    if (request.method !== 'GET' && fits(await asReceived(request))) kept.add(request)
  }
  bigv.onAnswer = (request) => (kept.has(request) ? new Promise(() => {}) : undefined)
}

/** The user of a new account, with all rights in it. */
export const userOf = ({ account, username, password }: NewAccount): BasicCredentials => ({
  account,
  username,
  password,
  otp: '',
})

/**
 * Starts the simulator for the tests of this file, as the page's origin. There is no socket, so fake timers control the requests and
 * answers, too. "/api/…" can't be resolved outside a page, so the globals Request and fetch are replaced by stubs that add the origin. Node
 * 20 has no `navigator`: a stub says that the browser is online.
 */
export function useSimulatedBigv(): SimulatedBigv {
  let simulator: ReturnType<typeof createSimulator> | undefined
  let control: ControlClient | undefined
  let send = fetch
  const started = () => {
    if (control === undefined) throw new Error('The simulator runs only during tests.')
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
    replaceGlobals(bigv, send)
  })
  afterEach(async () => {
    queryClient.clear()
    vi.unstubAllGlobals()
    await started().clearFaults()
  })
  afterAll(() => simulator?.stop())
  return bigv
}

function replaceGlobals(bigv: SimulatedBigv, send: typeof fetch): void {
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
  // As in a browser that has it. The real pause before a list's rows are checked (check-rows.ts) takes turns of the event loop: on a busy
  // computer, fake time would pass meanwhile.
  vi.stubGlobal('scheduler', { yield: () => Promise.resolve() })
  // New locks for each test: a write that is never answered would keep its lock (write-places.ts).
  vi.stubGlobal('navigator', { locks: createTabLocks() })
}
