import type { ExistingMachine } from '../fleet/plan.ts'
import type { Level } from '../rules/rights.ts'
import type { Disc, Id, Machine, MachineAttributes, Nic } from '../state/records.ts'

/** One request as the simulator received it; `status` is null until it is answered, and stays so when it never is. */
export type LoggedRequest = {
  id: number
  method: string
  /** As received: not decoded, without the query string. */
  path: string
  query: Record<string, string>
  /** Names in lower case, values as received, secrets included. */
  headers: Record<string, string>
  /** Parsed if it was JSON, else the text; null for none. */
  body: unknown
  status: number | null
  /** Real milliseconds since 1970. */
  at: number
  /** The account in the path, as it stands there; null for paths without one. */
  account: string | null
  /** The user of Basic credentials; null without. */
  username: string | null
}

export type LogFilter = { since?: number; account?: string; username?: string }

/**
 * What goes wrong. `status`, `html` and `empty` answer in place of BigV, after doing the request if `apply` is set;
 * `slow` waits and then answers properly; `hang` never answers; the `cut` ones destroy the connection: before anything was
 * done, after it was done but before any answer, or in the middle of the answer's body; `truncated` answers with half of
 * the body, as if it were all.
 */
type FaultKind =
  | 'status'
  | 'slow'
  | 'hang'
  | 'cut-before'
  | 'cut-after-headers'
  | 'cut-after-processing'
  | 'html'
  | 'empty'
  | 'truncated'

export type Fault = {
  kind: FaultKind
  /** `path` is a regular expression over the raw path; absent parts match everything. */
  match?: { method?: string; path?: string; account?: string; username?: string }
  /** How many requests it hits: 1 unless said, null until it is removed. */
  times?: number | null
  /** Real milliseconds before anything else happens. */
  delayMs?: number
  status?: number
  /** A text is sent as it is, anything else as JSON. */
  body?: unknown
  /** How many times over a text is sent: 1 unless said. */
  repeat?: number
  headers?: Record<string, string>
  apply?: boolean
}

/** A machine of a new account: `default` is its group unless said, and it has a disc of 25 GiB with wheezy. */
export type WantedMachine = ExistingMachine & { group?: string }

export type WantedAccount = {
  name?: string
  /** Besides `default`. */
  groups?: string[]
  /** The private VLANs of groups, by their names. */
  vlans?: Record<string, number>
  machines?: WantedMachine[]
  otpRequired?: boolean
}

export type NewUser = { username: string; password: string; otp: string | null }

export type NewAccount = NewUser & {
  id: Id
  account: string
  groups: { id: Id; name: string }[]
  machines: { id: Id; name: string; group: string }[]
}

export type WantedUser = { account: string; level: Level; otpRequired?: boolean }

/**
 * A change behind everybody's back: takes effect at once, without the rules of the API. A running machine can be moved to
 * another `head`; with `keeps_head` it starts on the one that it ran on last.
 */
export type MachinePatch = Partial<MachineAttributes & Pick<Machine, 'deleted' | 'group_id'>> & {
  ignores_acpi?: boolean
  keeps_head?: boolean
  head?: string
}

/** Everything about a machine, what BigV does not show included. */
export type WholeMachine = Machine & {
  hostname: string
  /** Whether a running machine has other cores, memory or hardware profile than it is set to. */
  pending: boolean
  discs: Disc[]
  nics: Nic[]
}

/** Steers a simulator that was started with `control`; see simulator/README.md. */
export type ControlClient = {
  /** Starts anew: the demo's fleet, with that many machines in acme's default; no faults, an empty log. */
  reset(fleet?: { machines?: number }): Promise<void>
  createAccount(wanted?: WantedAccount): Promise<NewAccount>
  /** Adds a user with one privilege over an account, given by name. */
  createUser(wanted: WantedUser): Promise<NewUser>
  createMachine(accountId: number, wanted: WantedMachine): Promise<NewAccount['machines'][number]>
  machine(id: number): Promise<WholeMachine>
  /** Changes a machine at once, behind everybody's back. */
  setMachine(id: number, patch: MachinePatch): Promise<WholeMachine>
  /** Removes a machine for good. */
  removeMachine(id: number): Promise<void>
  /** Arms a fault, and returns its number. */
  addFault(fault: Fault): Promise<number>
  removeFault(id: number): Promise<void>
  /** Disarms all faults; connections that hang are cut. */
  clearFaults(): Promise<void>
  /** Makes every OTP seen so far expire. */
  expireOtp(): Promise<void>
  /** Ends all sessions of the auth service. */
  expireSessions(): Promise<void>
  /** Makes OTPs and sessions that many milliseconds older; machines do not notice. */
  ageCredentials(milliseconds: number): Promise<void>
  /** Times faster than life from now on; 0 stops time. */
  setSpeed(speed: number): Promise<void>
  /** Stops time: nothing goes on by itself, and calls that take time are answered at once. */
  pauseTime(): Promise<void>
  /** Lets that many milliseconds of life pass at once. */
  advance(milliseconds: number): Promise<void>
  /** Whether calls that take time are answered when they are done (as at the start), or at once. */
  setBlocking(blocking: boolean): Promise<void>
  /** Makes that many of the next creations fail; true for all, 0 for none. */
  setBuildFails(times: number | true): Promise<void>
  /** The requests of the API received, oldest first. */
  requests(filter?: LogFilter): Promise<LoggedRequest[]>
  clearRequests(): Promise<void>
}

/** The control client of the simulator at `url`; its calls reject when the simulator refuses. */
export const controlClient = (url: string): ControlClient => {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(new URL(`/_control${path}`, url), {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} /_control${path}: ${response.status} ${text}`)
    return text === '' ? undefined : (JSON.parse(text) as unknown)
  }
  const send = async (method: string, path: string, body?: unknown): Promise<void> => {
    await call(method, path, body)
  }
  return {
    reset: (fleet = {}) => send('POST', '/reset', fleet),
    createAccount: async (wanted = {}) => (await call('POST', '/accounts', wanted)) as NewAccount,
    createUser: async (wanted) => (await call('POST', '/users', wanted)) as NewUser,
    createMachine: async (accountId, wanted) =>
      (await call('POST', `/accounts/${accountId}/machines`, wanted)) as NewAccount['machines'][number],
    machine: async (id) => (await call('GET', `/machines/${id}`)) as WholeMachine,
    setMachine: async (id, patch) => (await call('PUT', `/machines/${id}`, patch)) as WholeMachine,
    removeMachine: (id) => send('DELETE', `/machines/${id}`),
    addFault: async (fault) => ((await call('POST', '/faults', fault)) as { id: number }).id,
    removeFault: (id) => send('DELETE', `/faults/${id}`),
    clearFaults: () => send('DELETE', '/faults'),
    expireOtp: () => send('POST', '/expire', { otps: true }),
    expireSessions: () => send('POST', '/expire', { sessions: true }),
    ageCredentials: (milliseconds) => send('POST', '/expire', { milliseconds }),
    setSpeed: (speed) => send('PUT', '/clock', { speed }),
    pauseTime: () => send('PUT', '/clock', { speed: 0 }),
    advance: (milliseconds) => send('PUT', '/clock', { advance: milliseconds }),
    setBlocking: (blocking) => send('PUT', '/behaviour', { blocking }),
    setBuildFails: (times) => send('PUT', '/behaviour', { buildFails: times === true ? 'all' : times }),
    requests: async (filter = {}) => {
      const query = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]))
      return (await call('GET', `/requests?${query}`)) as LoggedRequest[]
    },
    clearRequests: () => send('DELETE', '/requests'),
  }
}
