import type { Definitions } from '../../../api/definitions.ts'
import { withoutUser } from '../form/draft.ts'
import {
  CUSTOM_SIZE,
  MOST_DISCS,
  newDisc,
  PRESETS,
  type CreateValues,
  type DiscValues,
} from '../form/form-values.ts'
import {
  attribute,
  flag,
  hash,
  importAttributes,
  mib,
  number,
  oneOf,
  PROTOTYPE_NAMES,
  text,
  textOrNull,
  type Attributes,
  type Ignored,
} from './attributes.ts'

/** Values imported from elsewhere, and the attributes that were ignored or changed. */
export interface Imported {
  values: Partial<CreateValues>
  ignored: Ignored[]
}

/** The value of `Ignored.field` if nothing could be imported. */
export const WHOLE = 'JSON'

const MOST_CHARACTERS = 300_000

/** Imports a bundle from JSON text, pasted or from a file. */
export function importText(json: string, definitions: Definitions | undefined): Imported {
  if (json.length > MOST_CHARACTERS)
    return nothing(`Too long. The limit is ${MOST_CHARACTERS.toLocaleString('en-GB')} characters.`)
  try {
    return importBundle(JSON.parse(json) as unknown, definitions, true)
  } catch (error) {
    return nothing(`Not valid JSON${error instanceof SyntaxError ? `: ${error.message}` : ''}.`)
  }
}

const nothing = (reason: string): Imported => ({ values: {}, ignored: [{ field: WHOLE, reason }] })

/**
 * Imports a vm_create body from a file, a link or another machine. The body may be hostile, so each attribute is validated. Unknown
 * attributes, secrets and names that BigV does not offer (if `definitions` are known) are reported instead of imported. With `complete`, a
 * missing part counts as empty, as it does for BigV. Without it, a missing part leaves the form's default.
 */
export function importBundle(
  input: unknown,
  definitions: Definitions | undefined,
  complete: boolean,
): Imported {
  const ignored: Ignored[] = []
  const bundle = hash.safeParse(input)
  if (!bundle.success) return nothing('Not a vm_create body. Expected {"virtual_machine": {…}, …}.')
  // Reads own properties only, because the JSON may contain a "__proto__".
  const part = (name: string) => (Object.hasOwn(bundle.data, name) ? bundle.data[name] : undefined)
  const values: Partial<CreateValues> = complete
    ? { power_on: false, autoreboot_on: false, discs: [], system: 'none' }
    : {}
  const add = (name: string, attributes: Attributes<CreateValues>) =>
    Object.assign(values, importAttributes(name, part(name), attributes, ignored))

  add('virtual_machine', machineAttributes(definitions))
  if (complete && part('virtual_machine') === undefined) {
    ignored.push({ field: 'virtual_machine', reason: 'Missing.' })
  }
  if (part('discs') !== undefined) values.discs = importDiscs(part('discs'), definitions, ignored)
  if (part('reimage') !== undefined) {
    add('reimage', imageAttributes(definitions))
    values.system = 'distribution'
  }
  add('ips', ADDRESSES)
  for (const name of Object.keys(bundle.data)) {
    if (!PARTS.has(name) && !PROTOTYPE_NAMES.has(name))
      ignored.push({ field: name, reason: 'The wizard doesn’t support this part.' })
  }
  return { values: { ...values, ...presetOf(values) }, ignored }
}

const PARTS = new Set(['virtual_machine', 'discs', 'reimage', 'ips'])

const machineAttributes = (definitions: Definitions | undefined): Attributes<CreateValues> => ({
  name: attribute('name', text(2000)),
  cores: attribute('cores', number),
  memory: attribute('memory', mib),
  hardware_profile: attribute('hardware_profile', oneOf(definitions?.hardware_profiles)),
  hardware_profile_locked: attribute('hardware_profile_locked', flag),
  zone_name: attribute('zone_name', oneOf(definitions?.zone_names)),
  keymap: attribute('keymap', oneOf(definitions?.keymaps)),
  cdrom_url: {
    ...attribute('cdrom_url', textOrNull(2000)),
    adjust: (url: string) =>
      withoutUser(url) === url
        ? { value: url }
        : { value: withoutUser(url), reason: 'Imported without the user and password.' },
  },
  power_on: attribute('power_on', flag),
  autoreboot_on: attribute('autoreboot_on', flag),
})

const imageAttributes = (definitions: Definitions | undefined): Attributes<CreateValues> => ({
  distribution: attribute('distribution', oneOf(definitions?.distributions)),
  root_password: {
    ...attribute('root_password', text(1)),
    alwaysIgnored: 'Passwords aren’t imported.',
  },
  ssh_public_key: attribute('ssh_keys', text(50_000)),
  firstboot_script: {
    ...attribute('firstboot_script', text(100_000)),
    adjust: (script: string) => ({ value: script.replaceAll('\r\n', '\n') }),
  },
})

const ADDRESSES: Attributes<CreateValues> = {
  ipv4: attribute('ipv4', text(100)),
  ipv6: attribute('ipv6', text(100)),
}

function importDiscs(input: unknown, definitions: Definitions | undefined, ignored: Ignored[]): DiscValues[] {
  if (!Array.isArray(input)) {
    ignored.push({ field: 'discs', reason: 'Must be a list.' })
    return []
  }
  if (input.length > MOST_DISCS) {
    ignored.push({
      field: 'discs',
      reason: `A machine can have up to ${MOST_DISCS} discs. Any others are ignored.`,
    })
  }
  const attributes: Attributes<DiscValues> = {
    label: attribute('label', text(255)),
    size: attribute('size', mib),
    storage_grade: attribute('storage_grade', oneOf(definitions?.storage_grades)),
  }
  return input
    .slice(0, MOST_DISCS)
    .map((disc, index) =>
      Object.assign(
        newDisc(`disc-${index + 1}`),
        importAttributes(`discs.${index}`, disc as unknown, attributes, ignored),
      ),
    )
}

function presetOf({ cores, memory }: Partial<CreateValues>): Partial<CreateValues> {
  if (cores === undefined && memory === undefined) return {}
  const preset = PRESETS.find((each) => each.cores === cores && each.memory === memory)
  return { preset: preset?.value ?? CUSTOM_SIZE }
}
