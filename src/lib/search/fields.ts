import type { Operator } from './tokens.ts'

/** The states for `is:`. Settled states come first, then `changing` for any running operation, then each operation's own state. */
export const STATES = [
  'running',
  'stopped',
  'restarting',
  'deleted',
  'changing',
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

/**
 * The searchable data of a machine. The machine's searchable text is cached by this object, so reuse the object while the machine is
 * unchanged.
 */
export interface Searchable {
  id: number
  name: string
  hostname: string | null
  addresses: readonly string[]
  /** The machine's states for `is:`, such as "running", or "changing" and "starting". */
  states: readonly string[]
  group: string | null
  cores: number
  /** In MiB. */
  memory: number
  /** The head where a machine that is off was last seen, or "unknown"; null for other machines. */
  lastHead?: string | null
  /** Other attributes, under BigV's names. */
  attributes: Readonly<Record<string, unknown>>
}

interface TextFieldDefinition {
  /** For the help and the suggestions. */
  about: string
  /** The field in the note about a value without matches: "No machine here is on the head …". */
  phrase: string
  example: string
  /** The attribute's value. Only text and numbers count; anything else is ignored. */
  of: (machine: Searchable) => unknown
}

/** The text fields. To search by another attribute, add a row. */
export const TEXT_FIELDS = {
  group: {
    about: 'group',
    phrase: 'is in the group',
    example: 'group1',
    of: ({ group }) => group,
  },
  head: {
    about: 'head',
    phrase: 'is on the head',
    example: 'head1',
    of: ({ attributes }) => attributes['head'],
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
} as const satisfies Record<string, TextFieldDefinition>

export type TextField = keyof typeof TEXT_FIELDS
export const TEXT_FIELD_NAMES = Object.keys(TEXT_FIELDS) as TextField[]

/** A machine's text in a field, or null for none. */
export function textOf(machine: Searchable, field: TextField): string | null {
  const value: unknown = TEXT_FIELDS[field].of(machine)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

export type NumberField = 'cores' | 'memory'
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
  memory: { about: 'memory; also =, <, <= and >', begin: 'memory>=', parse: parseMemory },
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
    `No field “${field}”. The fields are ${listed(Object.keys(FIELDS), 'and')}. To search for that text, quote it: "${field}${operator}${value}".`,
  )
}

function parseState(operator: Operator, value: string): Parsed {
  const state = value.trim().toLowerCase().replace(/…$/, '').replace(/ /g, '-')
  const known = STATES.some((each) => each === state)
  const states = listed(STATES.slice(0, NAMED), 'or')
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
      { about: TEXT_FIELDS[field].about, begin: `${field}:`, parse: text(field) },
    ]),
  ) as Record<TextField, Field>
}

function text(field: TextField): Field['parse'] {
  return (operator, value) => ({
    operator: orColon(operator),
    value,
    meaning: !takesColon(operator)
      ? wrong(`“${field}” can’t be compared. Write ${field}:${value || 'name'}.`)
      : value === ''
        ? wrong(`Add a value, such as ${field}:${TEXT_FIELDS[field].example}.`)
        : { is: 'text', field, pattern: value },
  })
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

function parseMemory(operator: Operator, value: string): Parsed {
  const amount = parseAmount(value)
  const compared = orEquals(operator)
  if (amount === null) {
    const plain = /^\d+(\.\d+)?$/.test(value)
    const problem = plain
      ? `Add a unit (MiB, GiB or TiB), such as memory${compared}${value}GiB.`
      : `Enter a number with a unit (MiB, GiB or TiB), such as memory${compared}2GiB.`
    return { operator: compared, value, meaning: wrong(problem) }
  }
  return {
    operator: compared,
    value: amount.printed,
    meaning: { is: 'number', field: 'memory', operator: compared, number: amount.mib },
  }
}

const takesColon = (operator: Operator) => operator === ':' || operator === '='
const orColon = (operator: Operator): Operator => (operator === '=' ? ':' : operator)
const orEquals = (operator: Operator) => (operator === ':' ? '=' : operator)
const wrong = (problem: string): Meaning => ({ is: 'wrong', problem })

function listed(words: readonly string[], joiner: 'and' | 'or'): string {
  return `${words.slice(0, -1).join(', ')} ${joiner} ${words.at(-1)}`
}

const UNITS = { MiB: 1, GiB: 1024, TiB: 1024 * 1024 } as const
const AMOUNT = /^(\d{1,9}(?:\.\d{1,4})?)\s*([mgt])(?:i?b)?$/i

/** Parses a size ("2GiB", "1.5 g", "512mb") into "2GiB" and the number of MiB. Null if the text isn't a size. */
function parseAmount(text: string): { printed: string; mib: number } | null {
  const [, digits, letter] = AMOUNT.exec(text.trim()) ?? []
  if (digits === undefined || letter === undefined) return null
  const unit = `${letter.toUpperCase()}iB` as keyof typeof UNITS
  const amount = Number(digits)
  return { printed: `${amount}${unit}`, mib: amount * UNITS[unit] }
}

/** A size in MiB, written as in a search: "2GiB", "512MiB". */
export function printAmount(mib: number): string {
  return mib >= 1024 && mib % 256 === 0 ? `${mib / 1024}GiB` : `${mib}MiB`
}
