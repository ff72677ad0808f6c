import type { FieldErrors } from '../../../api/errors.ts'
import type { CreateValues } from '../form-values.ts'
import type { Field } from './problems.ts'

/** What BigV said about fields of the form, and the sentences for which there is no field. */
export interface PlacedErrors {
  fields: Partial<Record<Field, string[]>>
  rest: string[]
}

const WHOLE = new Set(['base', 'reason', 'error', 'message', 'errors', ''])

/**
 * Takes BigV's messages by attribute and what stood in the form when it was sent, and puts each message on its field. BigV
 * names a machine's attributes at the top level, those of a disc below `discs.N` (API reference, "Status codes");
 * `virtual_machine.` and `reimage.` before them are taken too.
 */
export function placeErrors(errors: FieldErrors, sent: CreateValues): PlacedErrors {
  const placed: PlacedErrors = { fields: {}, rest: [] }
  for (const [key, messages] of Object.entries(errors)) {
    const attribute = key.replace(/^(virtual_machine|reimage)\./, '')
    const field = fieldOf(attribute, sent)
    if (attribute === 'ips') placeAddresses(messages, sent, placed)
    else if (field === null) placed.rest.push(...messages.map((message) => sentence(attribute, message)))
    else (placed.fields[field] ??= []).push(...messages.map((message) => inMib(field, message)))
  }
  return placed
}

/** BigV says of addresses "ipv4 is invalid"; what it says of both at once, such as that the VLAN is public, goes on the first. */
function placeAddresses(messages: readonly string[], sent: CreateValues, placed: PlacedErrors): void {
  const families = (['ipv4', 'ipv6'] as const).filter((family) => sent[family].trim() !== '')
  for (const message of messages) {
    const field = families.find((family) => message.startsWith(`${family} `)) ?? families[0]
    if (field === undefined) placed.rest.push(sentence('ips', message))
    else (placed.fields[field] ??= []).push(`BigV says: ${message}`)
  }
}

/** The field on which an attribute is typed, or null when it stands nowhere on the form as it was sent. */
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

// The form has GiB, BigV's messages mean MiB.
function inMib(field: Field, message: string): string {
  return field === 'memory' || field.endsWith('.size')
    ? `BigV says, in MiB: ${message}`
    : `BigV says: ${message}`
}

function sentence(attribute: string, message: string): string {
  const text = WHOLE.has(attribute) ? message : `${attribute} ${message}`
  return /[.!?]$/.test(text) ? text : `${text}.`
}
