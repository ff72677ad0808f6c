import type { Source } from './rule.ts'

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
  discs_no_list: {
    section: 3,
    source: ['client', 'choice'],
    status: 400,
    field: 'base',
    says: 'discs must be a list of hashes',
    why: 'Not below "discs": the official client reads nothing but a list of hashes there',
  },
  reimage_no_hash: {
    section: 3,
    source: ['client', 'choice'],
    status: 400,
    field: 'base',
    says: 'reimage must be a hash',
  },
  one_target: {
    section: 10,
    source: ['docs', 'choice'],
    status: 400,
    field: 'base',
    says: 'A privilege is for one account, group or machine',
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
  no_address: {
    section: 9,
    source: ['choice'],
    status: 400,
    field: 'base',
    says: 'There is no address left',
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
