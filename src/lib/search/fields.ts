import { parseAmount } from './amounts.ts'
import { imageName } from '../images.ts'
import { onOff, yesNo } from '../text.ts'
import type { Searchable } from './searchable.ts'
import type { Operator } from './tokens.ts'

/**
 * The states for `is:`. Settled states come first, then `changing` for any running operation, then each operation's own state. `waiting`:
 * a saved change waits for a restart.
 */
export const STATES = [
  'running',
  'stopped',
  'restarting',
  'deleted',
  'changing',
  'waiting',
  'overdue',
  'creating',
  'starting',
  'stopping',
  'shutting-down',
  'rebooting',
  'resetting',
  're-imaging',
  'deleting',
  'restoring',
  'purging',
] as const

/** A message lists this many states: the most common ones. */
const NAMED = 5

export type Meaning =
  | { is: 'word'; text: string }
  | { is: 'state'; state: string }
  | { is: 'text'; field: TextField; pattern: string }
  | { is: 'number'; field: NumberField; operator: Exclude<Operator, ':'>; number: number }
  | { is: 'wrong'; problem: string }

interface TextFieldDefinition {
  /** For the help and the suggestions. */
  about: string
  /** The field in the note about a value without matches: "No machine here is on the head …". Without a phrase, there is no note. */
  phrase?: string
  example: string
  /** The field's value, or all of them. Only text and numbers count; anything else is ignored. */
  of: (machine: Searchable) => unknown
  /** True if the value has addresses separated by spaces. They are compared as addresses, and a part of one matches the beginning. */
  address?: boolean
  /** True if hardly two machines have the same value. Then there are no suggestions: the list itself shows the matches. */
  unique?: boolean
  /** The only values: the word for yes and the word for no. */
  values?: readonly [string, string]
}

const YES = new Set(['yes', 'on', 'true'])
const NO = new Set(['no', 'off', 'false'])

/** The text fields. To search by another attribute, add a row. */
const TEXT_FIELDS = {
  name: { about: 'name', phrase: 'is called', example: 'web*', of: ({ name }) => name, unique: true },
  id: { about: 'ID', phrase: 'has the ID', example: '4711', of: ({ id }) => id, unique: true },
  host: {
    about: 'host name',
    phrase: 'has the host name',
    example: 'web1.*',
    of: ({ hostname }) => hostname,
    unique: true,
  },
  group: {
    about: 'group',
    phrase: 'is in the group',
    example: 'group1',
    of: ({ group }) => group,
  },
  ip: {
    about: 'address, IPv4 or IPv6',
    phrase: 'has the address',
    example: '198.51.100.7',
    of: ({ addresses }) => addresses,
    address: true,
    unique: true,
  },
  mac: {
    about: 'MAC address',
    phrase: 'has the MAC address',
    example: '52:54:00:12:34:56',
    of: ({ macs }) => macs,
    address: true,
    unique: true,
  },
  head: {
    about: 'head',
    phrase: 'is on the head',
    example: 'head1',
    of: ({ attributes }) => attributes['head'],
  },
  zone: {
    about: 'zone',
    phrase: 'is in the zone',
    example: 'york',
    of: ({ attributes }) => attributes['zone_name'],
  },
  last_head: {
    about: 'head where a machine that is off was last seen',
    phrase: 'is off and was last seen on the head',
    example: 'head1',
    of: ({ lastHead }) => lastHead,
  },
  profile: {
    about: 'hardware profile',
    phrase: 'has the profile',
    example: 'virtio*',
    of: ({ attributes }) => attributes['hardware_profile'],
  },
  image: {
    about: 'last image',
    phrase: 'was imaged with',
    example: '"Debian 7"',
    of: ({ attributes }) => imageTexts(attributes['last_imaged_with']),
  },
  grade: {
    about: 'storage grade of a disc',
    phrase: 'has a disc of the grade',
    example: 'sata',
    of: ({ discs }) => discs.map(({ grade }) => grade),
  },
  cd: {
    about: 'URL of the CD',
    phrase: 'has the CD',
    example: '*.iso',
    of: ({ cd }) => cd,
  },
  keymap: {
    about: 'keymap',
    phrase: 'has the keymap',
    example: 'en-gb',
    of: ({ attributes }) => attributes['keymap'],
  },
  autoreboot: {
    about: 'automatic restart, on or off',
    example: 'off',
    of: ({ attributes }) => worded(attributes['autoreboot_on'], onOff),
    values: ['on', 'off'],
  },
  locked: {
    about: 'locked hardware profile, yes or no',
    example: 'yes',
    of: ({ attributes }) => worded(attributes['hardware_profile_locked'], yesNo),
    values: ['yes', 'no'],
  },
} as const satisfies Record<string, TextFieldDefinition>

export type TextField = keyof typeof TEXT_FIELDS
export const TEXT_FIELD_NAMES = Object.keys(TEXT_FIELDS) as TextField[]

/** A machine's texts in a field; none if it has no value. */
export function textsOf(machine: Searchable, field: TextField): string[] {
  const { of, address } = definitionOf(field)
  const value = of(machine)
  return (Array.isArray(value) ? value : address ? String(value).split(' ') : [value]).flatMap(
    (each: unknown) =>
      (typeof each === 'string' && each !== '') || typeof each === 'number' ? String(each) : [],
  )
}

export function definitionOf(field: TextField): TextFieldDefinition {
  return TEXT_FIELDS[field]
}

const images = new Map<string, string[]>()

/** An image under BigV's name, and its readable name if that is another: "wheezy" and "Debian 7". */
export function imageTexts(image: unknown): string[] {
  if (typeof image !== 'string' || image === '') return []
  let texts = images.get(image)
  if (texts === undefined) {
    const { name } = imageName(image)
    images.set(image, (texts = name === image ? [image] : [image, name]))
  }
  return texts
}

function worded(value: unknown, words: (yes: boolean) => string): string | null {
  return typeof value === 'boolean' ? words(value) : null
}

export type NumberField = 'cores' | 'memory' | 'disc'
export type FieldName = 'is' | TextField | NumberField

interface Field {
  /** The field's description in the help and in suggestions. */
  about: string
  /** The beginning of a term of this field: "is:". */
  begin: string
  /** Parses the operator and the value that follow the field's name. */
  parse: (operator: Operator, value: string) => Parsed
}

interface Parsed {
  operator: Operator
  value: string
  meaning: Meaning
}

/** All fields of the search, by name. */
export const FIELDS: Readonly<Record<FieldName, Field>> = {
  is: { about: 'state', begin: 'is:', parse: parseState },
  ...textFields(),
  cores: { about: 'number of cores; also =, <, <= and >', begin: 'cores>=', parse: parseCores },
  memory: { about: 'memory; also =, <, <= and >', begin: 'memory>=', parse: size('memory') },
  disc: { about: 'size of a disc; also =, <, <= and >', begin: 'disc>=', parse: size('disc') },
}

export function isField(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name)
}

/** Parses a term. Returns its operator and value in canonical form, and its meaning. `field` is null for a word. */
export function parseField(field: string | null, operator: Operator | null, value: string): Parsed {
  if (field !== null && operator !== null && isField(field)) return FIELDS[field].parse(operator, value)
  return { operator: operator ?? ':', value, meaning: unknown(field, operator, value) }
}

function unknown(field: string | null, operator: Operator | null, value: string): Meaning {
  if (field === null) {
    return value === '' ? wrong('Enter a word to search for.') : { is: 'word', text: value }
  }
  return wrong(
    `No field “${field}”. “How to search” lists all fields. To search for that text, quote it: "${field}${operator}${value}".`,
  )
}

function parseState(operator: Operator, value: string): Parsed {
  const state = value.trim().toLowerCase().replace(/…$/, '').replace(/ /g, '-')
  const known = STATES.some((each) => each === state)
  const states = listed(STATES.slice(0, NAMED))
  return {
    operator: orColon(operator),
    value: known ? state : value,
    meaning: !takesColon(operator)
      ? wrong(`States can’t be compared. Write is:${known ? state : 'running'}.`)
      : known
        ? { is: 'state', state }
        : wrong(value === '' ? `Name a state, such as ${states}.` : `No state “${value}”. Try ${states}.`),
  }
}

function textFields(): Record<TextField, Field> {
  return Object.fromEntries(
    TEXT_FIELD_NAMES.map((field) => [
      field,
      { about: definitionOf(field).about, begin: `${field}:`, parse: text(field) },
    ]),
  ) as Record<TextField, Field>
}

function text(field: TextField): Field['parse'] {
  const { example, values } = definitionOf(field)
  return (operator, typed) => {
    const value = values ? (choiceOf(values, typed) ?? typed) : typed
    return { operator: orColon(operator), value, meaning: meaningOf(operator, value) }
  }

  function meaningOf(operator: Operator, value: string): Meaning {
    if (!takesColon(operator))
      return wrong(`“${field}” can’t be compared. Write ${field}:${value || 'name'}.`)
    if (value === '') return wrong(`Add a value, such as ${field}:${example}.`)
    if (values && !values.includes(value))
      return wrong(`Write ${values.map((each) => `${field}:${each}`).join(' or ')}.`)
    return { is: 'text', field, pattern: value }
  }
}

function choiceOf([yes, no]: readonly [string, string], typed: string): string | null {
  const word = typed.toLowerCase()
  return YES.has(word) ? yes : NO.has(word) ? no : null
}

function parseCores(operator: Operator, value: string): Parsed {
  const whole = /^\d{1,9}$/.test(value)
  const compared = orEquals(operator)
  return {
    operator: compared,
    value: whole ? String(Number(value)) : value,
    meaning: whole
      ? { is: 'number', field: 'cores', operator: compared, number: Number(value) }
      : wrong(`Enter a whole number, such as cores${compared}4.`),
  }
}

function size(field: 'memory' | 'disc'): Field['parse'] {
  return (operator, value) => {
    const amount = parseAmount(value)
    const compared = orEquals(operator)
    if (amount === null) {
      const plain = /^\d+(\.\d+)?$/.test(value)
      const problem = plain
        ? `Add a unit (MiB, GiB or TiB), such as ${field}${compared}${value}GiB.`
        : `Enter a number with a unit (MiB, GiB or TiB), such as ${field}${compared}2GiB.`
      return { operator: compared, value, meaning: wrong(problem) }
    }
    return {
      operator: compared,
      value: amount.printed,
      meaning: { is: 'number', field, operator: compared, number: amount.mib },
    }
  }
}

const takesColon = (operator: Operator) => operator === ':' || operator === '='
const orColon = (operator: Operator): Operator => (operator === '=' ? ':' : operator)
const orEquals = (operator: Operator) => (operator === ':' ? '=' : operator)
const wrong = (problem: string): Meaning => ({ is: 'wrong', problem })

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
