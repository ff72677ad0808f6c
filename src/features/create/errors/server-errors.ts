import type { FieldErrors } from '../../../api/errors.ts'
import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import type { CreateValues, Field } from '../form/form-values.ts'
import type { Attempt } from '../form/use-create.ts'

/** BigV's messages for each field of the form, and sentences about everything else. */
export interface ServerErrors {
  fields: Partial<Record<Field, string[]>>
  rest: string[]
}

export function serverErrorsOf({ failure, sent }: Attempt): ServerErrors {
  if (failure.is === 'refused') return byField(failure.error.fields, sent)
  if (failure.is !== 'taken') return { fields: {}, rest: [] }
  return { fields: { name: [takenSentence(failure.by.vm)] }, rest: [] }
}

export function takenSentence({ deleted }: Pick<VirtualMachine, 'deleted'>): string {
  return deleted ? 'A deleted machine keeps this name until you purge it.' : 'That name is taken.'
}

/** True while a field has the value that was sent: only then does BigV's message apply. */
export function isAsSent(field: Field, values: CreateValues, sent: CreateValues): boolean {
  // Removing a disc changes the indices of the discs after it.
  if (field.startsWith('discs.') && values.discs.length !== sent.discs.length) return false
  return valueAt(values, field) === valueAt(sent, field)
}

function valueAt(values: CreateValues, field: Field): unknown {
  return field
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      values,
    )
}

/**
 * Sorts BigV's messages by the form's fields. BigV names a machine's attributes at the top level and a disc's as `discs.N.size`
 * (docs/bigv-api.md#3-status-codes-and-error-bodies); `virtual_machine.` and `reimage.` before a name are accepted too.
 */
export function byField(errors: FieldErrors, sent: CreateValues): ServerErrors {
  const sorted: ServerErrors = { fields: {}, rest: [] }
  for (const [key, messages] of Object.entries(errors)) {
    const attribute = key.replace(/^(virtual_machine|reimage)\./, '')
    const field = fieldOf(attribute, sent)
    if (attribute === 'ips') addAddressErrors(messages, sent, sorted)
    else if (field === null) sorted.rest.push(...messages.map((message) => sentence(attribute, message)))
    else (sorted.fields[field] ??= []).push(...messages.map((message) => withUnit(field, message)))
  }
  return sorted
}

/**
 * BigV's messages about addresses begin with the family: "ipv4 is invalid". A message about both families (a public VLAN) goes to the first
 * address field that is filled in.
 */
function addAddressErrors(messages: readonly string[], sent: CreateValues, sorted: ServerErrors): void {
  const families = (['ipv4', 'ipv6'] as const).filter((family) => sent[family].trim() !== '')
  for (const message of messages) {
    const field = families.find((family) => message.startsWith(`${family} `)) ?? families[0]
    if (field === undefined) sorted.rest.push(sentence('ips', message))
    else (sorted.fields[field] ??= []).push(`BigV said: ${message}`)
  }
}

/** The field for an attribute, or null if the form had no such field when it was sent. */
function fieldOf(attribute: string, sent: CreateValues): Field | null {
  const disc = /^discs\.(\d+)\.(label|size|storage_grade)$/.exec(attribute)
  if (disc !== null) return Number(disc[1]) < sent.discs.length ? (attribute as Field) : null
  const installs = sent.system === 'distribution'
  switch (attribute) {
    case 'name':
    case 'cores':
    case 'memory':
    case 'hardware_profile':
    case 'hardware_profile_locked':
    case 'zone_name':
    case 'keymap':
    case 'cdrom_url':
    case 'power_on':
    case 'autoreboot_on':
      return attribute
    case 'distribution':
    case 'firstboot_script':
      return installs ? attribute : null
    case 'ssh_public_key':
      return installs ? 'ssh_keys' : null
    case 'root_password':
      if (!installs) return null
      return sent.password_from === 'typed' ? 'root_password' : 'password_from'
    default:
      return null
  }
}

/** The form uses GiB, but BigV's messages use MiB. */
function withUnit(field: Field, message: string): string {
  return field === 'memory' || field.endsWith('.size')
    ? `BigV said (in MiB): ${message}`
    : `BigV said: ${message}`
}

/** Rails puts messages without an attribute under `base`. The proxy puts its own messages under `reason`. */
const ABOUT_ALL = new Set(['base', 'reason', 'error', 'message', 'errors', ''])

function sentence(attribute: string, message: string): string {
  const text = ABOUT_ALL.has(attribute) ? message : `${attribute} ${message}`
  return /[.!?]$/.test(text) ? text : `${text}.`
}
