import { afterAll, beforeAll, vi } from 'vitest'
import { controlClient, type ControlClient, type NewAccount } from '../control/client.ts'

export type { WantedMachine } from '../control/client.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../server.ts'

/** Milliseconds; long enough for a busy computer. */
export const timeout = 60_000

export type Reply = { status: number; type: string | null; text: string; json: unknown; headers: Headers }

/** Sends a request to BigV, and returns the whole answer. */
export type Ask = (method: string, path: string, body?: unknown) => Promise<Reply>

/** A header with Basic credentials. */
export const basic = (username: string, password: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
})

/** Sends a request. A string is sent as it is, any other `body` as JSON. */
export const request = async (
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Reply> => {
  const response = await fetch(url, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const type = response.headers.get('content-type')
  const json: unknown = type === 'application/json' && text !== '' ? JSON.parse(text) : undefined
  return { status: response.status, type, text, json, headers: response.headers }
}

/** A function that sends requests to the BigV at `url` with these headers. */
export const askAs =
  (url: string, headers: Record<string, string>): Ask =>
  (method, path, body) =>
    request(url + path, method, headers, body)

/** Starts a simulator for the tests of a file. Its time is stopped unless `speed` is set. */
export class TestBigV {
  #simulator: Simulator | undefined
  #control: ControlClient | undefined

  get url(): string {
    if (!this.#simulator) throw new Error('The simulator has not started.')
    return this.#simulator.url
  }

  get control(): ControlClient {
    if (!this.#control) throw new Error('The simulator has not started.')
    return this.#control
  }

  async start(options: SimulatorOptions): Promise<void> {
    this.#simulator = await startSimulator({ control: true, speed: 0, machines: 6, ...options })
    this.#control = controlClient(this.#simulator.url)
  }

  async stop(): Promise<void> {
    await this.#simulator?.close()
  }

  /** A function that sends requests as this user. */
  as(username: string, password = username, more: Record<string, string> = {}): Ask {
    return askAs(this.url, { ...basic(username, password), ...more })
  }

  /** A function that sends requests as the admin of an account. */
  owner(account: NewAccount): Ask {
    return this.as(account.username, account.password, account.otp ? { 'X-Yubikey-Otp': account.otp } : {})
  }
}

/** A simulator that runs during the tests of a file. */
export const useBigV = (options: SimulatorOptions = {}): TestBigV => {
  vi.setConfig({ testTimeout: timeout, hookTimeout: timeout })
  const bigv = new TestBigV()
  beforeAll(() => bigv.start(options))
  afterAll(() => bigv.stop())
  return bigv
}

export const groupPath = (account: NewAccount, group = 'default'): string =>
  `/accounts/${account.account}/groups/${group}`
export const machinePath = (account: NewAccount, machine: string | number, group = 'default'): string =>
  `${groupPath(account, group)}/virtual_machines/${machine}`
