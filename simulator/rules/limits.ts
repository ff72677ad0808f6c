// What docs/bigv-api.md says of numbers and names; where it says nothing, what a BigV could plausibly have.

/** What a request may ask for at most, and at least; a limit that one resource alone has stands in its file. */
export const limits = {
  /** Also an account's. Dots part the names in a host name; a space stands in a path as "+", so names may have one. */
  groupName: /^(?! )[^\p{Cc}./]{1,63}(?<! )$/u,

  // docs/bigv-api.md#8-discs
  discsPerMachine: 8,
  defaultStorageGrade: 'sata',

  // docs/bigv-api.md#2-authentication; both in seconds
  /** How long an OTP may be replayed, unless the privilege says. */
  otpMaxAge: 900,
  /** How long a session lasts after its issue and each use. */
  sessionAge: 300,

  /** Bytes of a request body. */
  body: 1024 * 1024,

  // docs/bigv-api.md#10-users-and-privileges
  seconds: { min: 1, max: 366 * 86_400 },
} as const

/** Words that may be sent, besides the definitions. */
export const words = {
  // docs/bigv-api.md#signals
  signals: ['powerdown', 'reset', 'sendkey'],
  /** A distribution that installs nothing, and is not listed: docs/bigv-api.md#11-definitions */
  noSystem: 'none',
  /** Where backups are kept; discs cannot be: docs/bigv-api.md#8-discs */
  backupGrade: 'iceberg',
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
  /** Moving a backup to where backups are kept, and restoring it. */
  backup: 30_000,
  restore: 300_000,
  /** How long a deleted machine can be undeleted: docs/bigv-api.md#delete-undelete-purge */
  undelete: 28 * 24 * 3_600_000,
  /** The phases of building a machine: docs/bigv-api.md#creation */
  creation: { reserving: 2_000, discs: 4_000, imaging: 35_000, starting: 3_000 },
} as const
