import type { StandingMachine } from '../fleet/machines.ts'
import type { Disc, Id, Level, Machine, Nic } from '../state/records.ts'

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
export type WantedMachine = StandingMachine & { group?: string }

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

/** A change behind everybody's back: takes effect at once, without the rules of the API. */
export type MachinePatch = Partial<
  Pick<
    Machine,
    | 'name'
    | 'cores'
    | 'memory'
    | 'power_on'
    | 'autoreboot_on'
    | 'cdrom_url'
    | 'hardware_profile'
    | 'hardware_profile_locked'
    | 'keymap'
    | 'deleted'
    | 'group_id'
  >
> & { ignores_acpi?: boolean }

/** Everything about a machine, what BigV does not show included. */
export type WholeMachine = Machine & {
  hostname: string
  /** Whether a running machine has other cores, memory or hardware profile than it is set to. */
  pending: boolean
  discs: Disc[]
  nics: Nic[]
}
