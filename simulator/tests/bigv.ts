import { afterAll, beforeAll, vi } from 'vitest'
import { controlClient, type ControlClient, type NewAccount } from '../control/client.ts'

export type { WantedMachine } from '../control/client.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../server.ts'

/** Milliseconds that a test may take on a busy computer. */
export const timeout = 60_000

export type Reply = { status: number; type: string | null; text: string; json: unknown; headers: Headers }

/** Asks BigV for something, and returns the whole answer. */
export type Ask = (method: string, path: string, body?: unknown) => Promise<Reply>

/** Returns Basic credentials, as a header. */
export const basic = (username: string, password: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
})

/** Sends one request; `body` goes as JSON, a text as it is. */
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

/** Returns a way to ask the BigV at `url` as the user with those headers. */
export const askAs =
  (url: string, headers: Record<string, string>): Ask =>
  (method, path, body) =>
    request(url + path, method, headers, body)

/** One simulator for the tests of a file; its time stands still unless `speed` is given. */
export class TestBigV {
  #simulator: Simulator | undefined
  #control: ControlClient | undefined

  get url(): string {
    if (!this.#simulator) throw new Error('not started')
    return this.#simulator.url
  }

  get control(): ControlClient {
    if (!this.#control) throw new Error('not started')
    return this.#control
  }

  async start(options: SimulatorOptions): Promise<void> {
    this.#simulator = await startSimulator({ control: true, speed: 0, machines: 6, ...options })
    this.#control = controlClient(this.#simulator.url)
  }

  async stop(): Promise<void> {
    await this.#simulator?.close()
  }

  /** Returns a way to ask as that user. */
  as(username: string, password = username, more: Record<string, string> = {}): Ask {
    return askAs(this.url, { ...basic(username, password), ...more })
  }

  /** Returns a way to ask as the admin of an account. */
  owner(account: NewAccount): Ask {
    return this.as(account.username, account.password, account.otp ? { 'X-Yubikey-Otp': account.otp } : {})
  }
}

/** Returns a simulator that runs for as long as the tests of this file. */
export const useBigV = (options: SimulatorOptions = {}): TestBigV => {
  vi.setConfig({ testTimeout: timeout, hookTimeout: timeout })
  const bigv = new TestBigV()
  beforeAll(() => bigv.start(options))
  afterAll(() => bigv.stop())
  return bigv
}

/** Returns the path of an account's group, or of a machine in it. */
export const groupPath = (account: NewAccount, group = 'default'): string =>
  `/accounts/${account.account}/groups/${group}`
export const machinePath = (account: NewAccount, machine: string | number, group = 'default'): string =>
  `${groupPath(account, group)}/virtual_machines/${machine}`
