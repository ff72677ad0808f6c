// The numbers and names of docs/bigv-api.md. Where it has none, they are plausible guesses.

/** The limits of what a request may contain; a limit that one resource alone has stands in its file. */
export const limits = {
  /** Accounts follow it, too. Dots separate the names in a host name; spaces are allowed, since a path has "+" for them. */
  groupName: /^(?! )[^\p{Cc}./]{1,63}(?<! )$/u,

  // docs/bigv-api.md#8-discs
  discsPerMachine: 8,
  defaultStorageGrade: 'sata',

  // docs/bigv-api.md#2-authentication; both in seconds
  /** How long an OTP can be used, if the privilege does not say. */
  otpMaxAge: 900,
  /** How long a session lasts after it is opened, and after each use. */
  sessionAge: 300,

  /** Bytes of a request body. */
  body: 1024 * 1024,

  // docs/bigv-api.md#10-users-and-privileges
  seconds: { min: 1, max: 366 * 86_400 },
} as const

/** Names that have a meaning in BigV, but are not among the definitions. */
export const words = {
  // docs/bigv-api.md#signals
  signals: ['powerdown', 'reset', 'sendkey'],
  /** The distribution that installs nothing: docs/bigv-api.md#11-definitions */
  noSystem: 'none',
  /** The storage grade of backups, which discs cannot have: docs/bigv-api.md#8-discs */
  backupGrade: 'iceberg',
  /** Every account starts with this group: docs/bigv-api.md#5-accounts */
  firstGroup: 'default',
} as const

/** How long BigV and its guests take at speed 1, in milliseconds: docs/bigv-api.md#power */
export const times = {
  /** Until a machine is on, and the PUT answers. */
  start: 3_000,
  /** Until BigV notices that a machine with autoreboot_on is off. */
  notice: 4_000,
  /** Until a guest has shut down after a powerdown signal. */
  shutdown: { min: 8_000, max: 25_000 },
  /** Until a system is installed, the machine is on, and the POST answers. */
  reimage: 20_000,
  /** Until a backup is moved to backup storage. */
  backup: 30_000,
  restore: 300_000,
  /** A deleted machine can be undeleted for this long: docs/bigv-api.md#delete-undelete-purge */
  undelete: 28 * 24 * 3_600_000,
  /** The phases of building a machine: docs/bigv-api.md#creation */
  creation: { reserving: 2_000, discs: 4_000, imaging: 35_000, starting: 3_000 },
} as const
