// BigV's refusals: docs/bigv-api.md#3-status-codes-and-error-bodies. The official client knows no 409, 415 or 422, so BigV
// answers 400 instead. Under "discs" the client reads only a list with one object per disc, so an error about the discs as
// a whole is under "base".

/** Messages for invalid values, in Rails' wording. */
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

type Row = { status: 400 | 401 | 403 | 404 | 405 | 413 | 500; says: string; field?: string }

/** Refusals for other reasons. The body has the message under `field`; without a `field`, the body is plain text. */
export const refusals = {
  credentials: { status: 401, says: 'Authentication failed' },
  login: { status: 401, says: 'Bad login credentials' },
  login_form: { status: 400, says: 'Badly-formed parameters' },
  otp: { status: 401, says: 'A valid Yubikey OTP is required' },
  forbidden: { status: 403, says: 'You may not do this' },
  level_too_high: { status: 403, says: 'Only levels below your own can be given or changed' },
  // Also for records that the user may not read: docs/bigv-api.md#2-authentication
  missing: { status: 404, says: 'Not found' },
  method: { status: 405, says: 'Method not allowed' },
  body_too_large: { status: 413, says: 'The body is too large' },
  content_type: { status: 400, field: 'base', says: 'Content-Type must be application/json' },
  json: { status: 400, field: 'base', says: 'The body is not a JSON object' },

  account_not_empty: { status: 400, field: 'base', says: 'The account is not empty' },
  // Deleted machines also block the deletion, so the official client purges them first
  group_not_empty: { status: 400, field: 'base', says: 'The group is not empty' },

  deleted: { status: 400, field: 'base', says: 'The machine is deleted' },
  delete_by_put: { status: 400, field: 'deleted', says: 'can only be set to false' },
  undelete_too_late: { status: 400, field: 'deleted', says: 'can be set to false for 28 days only' },
  signal_needs_power: { status: 400, field: 'base', says: 'Signals reach a running machine only' },
  reimage_needs_off: { status: 400, field: 'base', says: 'The machine must be powered off to be re-imaged' },
  reimage_needs_disc: { status: 400, field: 'base', says: 'The machine has no disc to install a system on' },
  busy: { status: 400, field: 'base', says: 'A system is being installed on the machine' },
  discs_no_list: { status: 400, field: 'base', says: 'discs must be a list of hashes' },
  reimage_no_hash: { status: 400, field: 'base', says: 'reimage must be a hash' },
  ips_need_vlan: { status: 400, field: 'ips', says: 'can be chosen in a private VLAN only' },

  disc_purge: { status: 500, says: 'A disc must be purged: purge=true' },
  disc_shrink: { status: 400, field: 'size', says: 'must be greater than or equal to the present size' },
  disc_move_needs_off: {
    status: 400,
    field: 'base',
    says: 'Both machines must be powered off to move a disc',
  },
  backup_in_progress: { status: 400, field: 'base', says: 'The backup is still being made' },
  restoring: { status: 400, field: 'base', says: 'A backup is being restored to the disc' },

  nic_fixed: { status: 400, field: 'base', says: 'Network interfaces cannot be added, changed or removed' },
  no_address: { status: 400, field: 'base', says: 'There is no address left' },
  main_address: { status: 400, field: 'base', says: 'Only additional addresses can be given back' },
  too_many_ips: { status: 400, field: 'addresses', says: 'would be more than a network interface can have' },

  one_target: { status: 400, field: 'base', says: 'A privilege is for one account, group or machine' },
} as const satisfies Record<string, Row>

/**
 * Messages by attribute; messages about the whole body are under `base`. For vm_create, `discs` has one object of messages
 * per disc.
 */
export type FieldErrors = Record<string, string[] | string | Record<string, string[]>[]>

/** An error answer: a status with a JSON object or plain text. */
export class Refusal extends Error {
  readonly status: number
  readonly body: FieldErrors | string

  constructor(status: number, body: FieldErrors | string) {
    super(typeof body === 'string' ? body : JSON.stringify(body))
    this.status = status
    this.body = body
  }
}

/** Creates the named refusal; the caller throws it. */
export const refusal = (name: keyof typeof refusals): Refusal => {
  const row = refusals[name]
  return new Refusal(row.status, 'field' in row ? { [row.field]: [row.says] } : row.says)
}

/** A 400 for invalid values, with messages by attribute. */
export const badValues = (errors: FieldErrors): Refusal => new Refusal(400, errors)

/** A 400 for more discs, NICs or other parts than a machine can have. */
export const tooMany = (parts: string, most: number): Refusal =>
  badValues({ base: [`A machine can have at most ${most} ${parts}`] })
