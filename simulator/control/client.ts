import type { ExistingMachine } from '../fleet/plan.ts'
import type { Id, Level, Machine, MachineAttributes, Parts } from '../state/records.ts'

/** A request as the simulator received it. `status` is null until the request is answered. */
export type LoggedRequest = {
  id: number
  method: string
  /** As received: not decoded, and without the query string. */
  path: string
  query: Record<string, string>
  /** Names in lower case, and values as received, including secrets. */
  headers: Record<string, string>
  /** The parsed body if it is JSON, else the raw text; null without a body. */
  body: unknown
  status: number | null
  /** Real milliseconds since 1970. */
  at: number
  /** The account as the path names it; null if the path has none. */
  account: string | null
  /** The user name of Basic credentials; null for others. */
  username: string | null
}

export type LogFilter = { since?: number; account?: string; username?: string }

/**
 * How a request fails. `status`, `html` and `empty` answer in place of BigV; with `apply`, BigV carries out the request
 * first. `slow` waits, and then answers as usual. `hang` never answers. The `cut-…` kinds close the connection: before the
 * request is carried out, between that and the answer, or in the middle of the answer's body. `truncated` sends half of the
 * body as if that half were complete.
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
  /** `path` is a regular expression for the raw path. If a field is missing, every request matches. */
  match?: { method?: string; path?: string; account?: string; username?: string }
  /** How many requests fail: 1 by default; null for all until the fault is removed. */
  times?: number | null
  /** Real milliseconds to wait first. */
  delayMs?: number
  status?: number
  /** A string is sent as plain text, any other value as JSON. */
  body?: unknown
  /** How many times a string `body` is repeated: 1 by default. */
  repeat?: number
  headers?: Record<string, string>
  apply?: boolean
}

/** A machine of a new account. By default it is in the group `default`, and has a disc of 25 GiB with wheezy. */
export type WantedMachine = ExistingMachine & { group?: string }

export type WantedAccount = {
  name?: string
  /** The groups to create in addition to `default`. */
  groups?: string[]
  /** The private VLANs of groups, by group name. */
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
 * A change as if by another user. It takes effect at once, and the API's rules don't apply. `head` moves a running machine
 * to another head; with `keeps_head`, a machine starts on the head where it last ran.
 */
export type MachinePatch = Partial<MachineAttributes & Pick<Machine, 'deleted' | 'group_id'>> & {
  ignores_acpi?: boolean
  keeps_head?: boolean
  head?: string
}

/** Everything about a machine, including what BigV does not show. */
export type WholeMachine = Machine &
  Parts & {
    hostname: string
    /** True if new cores, memory or a new hardware profile wait for a restart. */
    pending: boolean
  }

/** Steers a simulator that was started with `control`: simulator/README.md. */
export type ControlClient = {
  /** Starts again with the demo's accounts and `machines` machines in acme's group default, no faults and an empty log. */
  reset(fleet?: { machines?: number }): Promise<void>
  createAccount(wanted?: WantedAccount): Promise<NewAccount>
  /** Adds a user with one privilege on the named account. */
  createUser(wanted: WantedUser): Promise<NewUser>
  createMachine(accountId: number, wanted: WantedMachine): Promise<NewAccount['machines'][number]>
  machine(id: number): Promise<WholeMachine>
  /** Changes a machine at once, as if another user had done it. */
  setMachine(id: number, patch: MachinePatch): Promise<WholeMachine>
  /** Purges a machine. */
  removeMachine(id: number): Promise<void>
  /** Makes matching requests fail. Returns the fault's id. */
  addFault(fault: Fault): Promise<number>
  removeFault(id: number): Promise<void>
  /** Removes all faults, and closes the connections that are hanging because of a fault. */
  clearFaults(): Promise<void>
  /** Expires every OTP used so far. */
  expireOtp(): Promise<void>
  /** Ends all sessions of the auth service. */
  expireSessions(): Promise<void>
  /** Makes OTPs and sessions older by the given number of milliseconds, without affecting machines. */
  ageCredentials(milliseconds: number): Promise<void>
  /** Sets how many times faster than real time machines work; 0 stops time. */
  setSpeed(speed: number): Promise<void>
  /** Stops time: machines do nothing until `advance`, and calls with background work answer at once. */
  pauseTime(): Promise<void>
  /** Lets the given number of milliseconds of the simulator's time pass at once. */
  advance(milliseconds: number): Promise<void>
  /** With true, the default, calls with background work answer once the work is done; with false, they answer at once. */
  setBlocking(blocking: boolean): Promise<void>
  /** Sets how many of the next creations fail: true for all, 0 for none. */
  setBuildFails(times: number | true): Promise<void>
  /** The API requests received, oldest first. */
  requests(filter?: LogFilter): Promise<LoggedRequest[]>
  clearRequests(): Promise<void>
}

/** The control client of the simulator at `url`, reached through `fetchFrom`. A call rejects if the simulator refuses it. */
export const controlClient = (url: string, fetchFrom: typeof fetch = fetch): ControlClient => {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetchFrom(new URL(`/_control${path}`, url), {
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
