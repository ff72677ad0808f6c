// What docs/bigv-api.md says of numbers and names; where it says nothing, what a BigV could plausibly have.

/** What a request may ask for at most, and at least. */
export const limits = {
  // docs/bigv-api.md#attributes; memory in MiB
  cores: { min: 1, max: 64 },
  memory: { min: 64, max: 1024 * 1024 },
  /** One label of a host name. */
  machineName: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i,
  /** Also an account's. Dots part the names in a host name; a space stands in a path as "+", so names may have one. */
  groupName: /^(?! )[^\p{Cc}./]{1,63}(?<! )$/u,

  // docs/bigv-api.md#8-discs; size in MiB
  discsPerMachine: 8,
  discSize: { min: 50, max: 2 * 1024 * 1024 },
  /** Labels like vda are taken: older clients know no other (docs/bigv-api.md#12-contradictions). */
  discLabel: { max: 255 },
  defaultStorageGrade: 'sata',

  // docs/bigv-api.md#9-network-nics-and-ips: the number is not published
  extraAddresses: 16,

  // docs/bigv-api.md#2-authentication; both in seconds
  /** How long an OTP may be replayed, unless the privilege says. */
  otpMaxAge: 900,
  /** How long a session lasts after its issue and each use. */
  sessionAge: 300,

  /** Bytes of a request body. */
  body: 1024 * 1024,

  // docs/bigv-api.md#10-users-and-privileges
  username: { pattern: /^[a-z0-9]*$/i, min: 3 },
  seconds: { min: 1, max: 366 * 86_400 },
} as const

/** Words that may be sent, besides the definitions. */
export const words = {
  // docs/bigv-api.md#signals
  signals: ['powerdown', 'reset', 'sendkey'],
  /** A distribution that installs nothing, and is not listed: docs/bigv-api.md#11-definitions */
  noSystem: 'none',
  /** The group that every account starts with: docs/bigv-api.md#5-accounts */
  firstGroup: 'default',
} as const

/** Milliseconds of life that BigV and its guests take; the simulator's speed divides them. docs/bigv-api.md#power */
export const times = {
  /** Turning a machine on; the PUT answers when it is on. */
  start: 3_000,
  /** Until BigV notices that a machine with autoreboot_on is off. */
  notice: 4_000,
  /** Until a guest has shut down after a powerdown. */
  shutdown: { min: 8_000, max: 25_000 },
  /** Installing a system; the POST answers when the machine is on. */
  reimage: 20_000,
  /** The phases of building a machine: docs/bigv-api.md#creation */
  creation: { reserving: 2_000, discs: 4_000, imaging: 35_000, starting: 3_000 },
} as const
