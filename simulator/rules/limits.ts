// The numbers and names of docs/bigv-api.md. Numbers that the document lacks are plausible guesses.

/** The limits on requests. A limit that only one resource has is in that resource's file. */
export const limits = {
  /**
   * Accounts' names match this pattern, too. It excludes dots, which separate the names in a host name, and allows spaces,
   * which a path writes as "+".
   */
  groupName: /^(?! )[^\p{Cc}./]{1,63}(?<! )$/u,

  // docs/bigv-api.md#8-discs
  discsPerMachine: 8,
  defaultStorageGrade: 'sata',

  // `otpMaxAge` and `sessionAge` are in seconds: docs/bigv-api.md#2-authentication
  /** How long an OTP can be used, unless the privilege sets another time. */
  otpMaxAge: 900,
  /** How long a session lasts after it is opened, and after each use. */
  sessionAge: 300,

  /** The most bytes that the body of a request may have. */
  body: 1024 * 1024,

  // docs/bigv-api.md#10-users-and-privileges
  seconds: { min: 1, max: 366 * 86_400 },
} as const

/** Names that BigV uses but that aren't among the definitions. */
export const words = {
  // docs/bigv-api.md#signals
  signals: ['powerdown', 'reset', 'sendkey'],
  /** The name of the distribution that installs no system: docs/bigv-api.md#11-definitions */
  noSystem: 'none',
  /** The storage grade of backups, which discs cannot have: docs/bigv-api.md#8-discs */
  backupGrade: 'iceberg',
  /** Every account starts with this group: docs/bigv-api.md#5-accounts */
  firstGroup: 'default',
} as const

/** How long BigV and its guests take at speed 1, in milliseconds: docs/bigv-api.md#power */
export const times = {
  /** From a start until the machine is on and the PUT answers. */
  start: 3_000,
  /** From the moment a machine with autoreboot_on turns off until BigV notices. */
  notice: 4_000,
  /** From a powerdown signal until the guest has shut down. */
  shutdown: { min: 8_000, max: 25_000 },
  /** From a re-image until the system is installed, the machine is on, and the POST answers. */
  reimage: 20_000,
  /** From a backup's creation until BigV has moved it to backup storage. */
  backup: 30_000,
  restore: 300_000,
  /** A deleted machine can be undeleted for this long: docs/bigv-api.md#delete-undelete-purge */
  undelete: 28 * 24 * 3_600_000,
  /** The phases of building a machine: docs/bigv-api.md#creation */
  creation: { reserving: 2_000, discs: 4_000, imaging: 35_000, starting: 3_000 },
} as const
