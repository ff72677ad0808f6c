/**
 * What BigV allows and refuses, and how long things take: one row a rule, to be held beside the description of the API.
 * `source` says who states it (`choice`: nobody does); where sources contradict each other, `why` says what was chosen.
 */
type Source = 'seed' | 'docs' | 'official' | 'client' | 'fixture' | 'fog' | 'python' | 'terraform' | 'choice'
type Rule<Value> = { section: number; source: Source[]; says: string; why?: string; value: Value }

const rule = <Value>(
  section: number,
  source: Source[],
  says: string,
  value: Value,
  why?: string,
): Rule<Value> => ({
  section,
  source,
  says,
  value,
  ...(why && { why }),
})

/** Numbers and names that limit what a request may ask for. */
export const limits = {
  cores: rule(7, ['choice'], 'Cores of a machine', { min: 1, max: 64 }),
  memory: rule(7, ['choice'], 'Memory of a machine in MiB', { min: 64, max: 1024 * 1024 }),
  defaultSpec: rule(7, ['client', 'choice'], 'What a machine has when it is not said', {
    cores: 1,
    memory: 1024,
    hardware_profile: 'virtio2013',
  }),
  machineName: rule(
    7,
    ['choice'],
    'A machine name is one label of a host name: letters, digits and dashes',
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i,
  ),
  groupName: rule(
    6,
    ['choice'],
    'A group or account name has neither dots, slashes nor control characters',
    /^(?! )[^\p{Cc}./]{1,63}(?<! )$/u,
    'Dots part the names in a host name; a space may stand in a path as "+", so names may have one [client]',
  ),
  machineNamesUniqueIn: rule(
    7,
    ['seed', 'fog'],
    'A machine name is unique while it exists, deleted or not, and free again after a purge',
    'group',
    'Unique in the account, says fog; but the host name, which must be unique, has the group in it',
  ),
  discsPerMachine: rule(8, ['docs'], 'Discs of a machine at most', 8),
  discSize: rule(
    8,
    ['docs', 'fixture'],
    'Size of a disc in MiB: 50 MiB to 2 TiB',
    { min: 50, max: 2 * 1024 * 1024 },
    'Bytes, says the prose; MiB, say its own examples and every client',
  ),
  discLabel: rule(
    8,
    ['docs', 'official'],
    'A disc label is any text',
    { max: 255 },
    'Labels like vda are refused by later documents, but sent by fog and used in the older ones: taken',
  ),
  defaultStorageGrade: rule(8, ['docs'], 'Storage grade of a disc when it is not said', 'sata'),
  extraAddresses: rule(
    9,
    ['docs', 'choice'],
    'Extra IPv4 addresses of a NIC at most (number not published)',
    16,
  ),
  otpMaxAge: rule(2, ['docs'], 'Seconds for which an OTP may be replayed, unless the privilege says', 900),
  sessionAge: rule(2, ['official'], 'Seconds for which a session is good after its issue and each use', 300),
  body: rule(1, ['choice'], 'Bytes of a request body at most', 1024 * 1024),
  username: rule(10, ['docs', 'fixture'], 'A user name has letters and digits, three or more', {
    pattern: /^[a-z0-9]*$/i,
    min: 3,
  }),
} as const

/** Milliseconds of life that BigV and its guests take; the simulator's speed divides them. */
export const times = {
  start: rule(
    7,
    ['seed', 'choice'],
    'Turning a machine on; the PUT answers when it is on, as calls block until they are done',
    3_000,
  ),
  notice: rule(7, ['seed', 'choice'], 'Until BigV notices that a machine with autoreboot_on is off', 4_000),
  shutdown: rule(
    7,
    ['docs', 'choice'],
    'Until a guest has shut down after powerdown: at least, and at most',
    {
      min: 8_000,
      max: 25_000,
    },
  ),
  reimage: rule(7, ['seed', 'choice'], 'Installing a system; the POST answers when it is done', 20_000),
  creation: rule(7, ['fog', 'choice'], 'Building a machine: each of its phases', {
    reserving: 2_000,
    discs: 4_000,
    imaging: 35_000,
    starting: 3_000,
  }),
} as const

/** What the documents list as words that may be sent, besides the definitions. */
export const words = {
  signals: rule(7, ['seed'], 'Signals', ['powerdown', 'reset', 'sendkey']),
  noSystem: rule(11, ['terraform'], 'A distribution that installs nothing; not listed', 'none'),
  defaultZone: rule(7, ['fixture'], 'Zone of a machine when it is not said; not listed', 'default'),
  levels: rule(10, ['docs'], 'Levels of privileges, low to high', [
    'vm_console',
    'vm_admin',
    'group_admin',
    'account_admin',
    'cluster_admin',
    'cluster_su',
  ] as const),
  firstGroup: rule(5, ['docs'], 'The group that every account starts with', 'default'),
} as const

type Refusal = {
  section: number
  source: Source[]
  status: 400 | 401 | 403 | 404 | 405 | 413 | 500
  field?: string
  says: string
  why?: string
}

/** Answers to requests that are well formed but cannot be done; `field` is the key in the body, plain text without. */
export const refusals = {
  credentials: { section: 2, source: ['client'], status: 401, says: 'Authentication failed' },
  login: { section: 2, source: ['client', 'choice'], status: 401, says: 'Bad login credentials' },
  login_form: { section: 2, source: ['client', 'choice'], status: 400, says: 'Badly-formed parameters' },
  otp: { section: 2, source: ['docs'], status: 401, says: 'A valid Yubikey OTP is required' },
  forbidden: { section: 2, source: ['docs'], status: 403, says: 'You may not do this' },
  missing: {
    section: 2,
    source: ['docs'],
    status: 404,
    says: 'Not found',
    why: 'What you may not read is not there',
  },
  method: { section: 1, source: ['choice'], status: 405, says: 'Method not allowed' },
  body_too_large: { section: 1, source: ['choice'], status: 413, says: 'The body is too large' },
  content_type: {
    section: 1,
    source: ['docs', 'choice'],
    status: 400,
    field: 'base',
    says: 'Content-Type must be application/json',
  },
  json: { section: 1, source: ['choice'], status: 400, field: 'base', says: 'The body is not a JSON object' },
  disc_purge: {
    section: 8,
    source: ['docs', 'official'],
    status: 500,
    says: 'A disc must be purged: purge=true',
  },
  signal_needs_power: {
    section: 7,
    source: ['seed', 'choice'],
    status: 400,
    field: 'base',
    says: 'Signals reach a running machine only',
    why: '400, because the official client knows no 409 or 422; the same for the rows below',
  },
  reimage_needs_off: {
    section: 7,
    source: ['seed', 'choice'],
    status: 400,
    field: 'base',
    says: 'The machine must be powered off to be re-imaged',
  },
  busy: {
    section: 7,
    source: ['choice'],
    status: 400,
    field: 'base',
    says: 'A system is being installed on the machine',
  },
  deleted: {
    section: 7,
    source: ['docs', 'choice'],
    status: 400,
    field: 'base',
    says: 'The machine is deleted',
  },
  delete_by_put: {
    section: 7,
    source: ['docs', 'choice'],
    status: 400,
    field: 'deleted',
    says: 'can only be set to false',
  },
  group_not_empty: {
    section: 6,
    source: ['docs', 'client'],
    status: 400,
    field: 'base',
    says: 'The group is not empty',
    why: 'Deleted machines that are not purged count: the official client purges them first',
  },
  account_not_empty: {
    section: 5,
    source: ['choice'],
    status: 400,
    field: 'base',
    says: 'The account is not empty',
  },
  too_many_discs: {
    section: 8,
    source: ['docs', 'client'],
    status: 400,
    field: 'base',
    says: 'A machine can have at most 8 discs',
    why: 'Not below "discs": the official client cannot read a list of texts there',
  },
  disc_shrink: {
    section: 8,
    source: ['docs', 'choice'],
    status: 400,
    field: 'size',
    says: 'must be greater than or equal to the present size',
  },
  disc_move_needs_off: {
    section: 8,
    source: ['client', 'choice'],
    status: 400,
    field: 'base',
    says: 'Both machines must be powered off to move a disc',
  },
  nic_fixed: {
    section: 9,
    source: ['docs', 'choice'],
    status: 400,
    field: 'base',
    says: 'Network interfaces cannot be added, changed or removed',
  },
  ips_need_vlan: {
    section: 7,
    source: ['official', 'client', 'fog', 'choice'],
    status: 400,
    field: 'ips',
    says: 'can be chosen in a private VLAN only',
  },
  too_many_ips: {
    section: 9,
    source: ['docs', 'choice'],
    status: 400,
    field: 'addresses',
    says: 'would be more than a network interface can have',
  },
  level_too_high: {
    section: 10,
    source: ['docs'],
    status: 403,
    says: 'Only levels below your own can be given or changed',
  },
} as const satisfies Record<string, Refusal>

export type RefusalName = keyof typeof refusals

/** Messages of 400 answers, in Rails' wording. [fixture], the rest in its manner [choice] */
export const messages = {
  blank: "can't be blank",
  invalid: 'is invalid',
  unlisted: 'is not included in the list',
  notNumber: 'is not a number',
  notInteger: 'must be an integer',
  taken: 'has already been taken',
  atLeast: (least: number) => `must be greater than or equal to ${least}`,
  atMost: (most: number) => `must be less than or equal to ${most}`,
  tooShort: (least: number) => `is too short (minimum is ${least} characters)`,
  tooLong: (most: number) => `is too long (maximum is ${most} characters)`,
  missingParameter: (name: string) => `Missing ${name} parameter`,
} as const
