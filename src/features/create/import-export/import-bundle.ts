import type { Definitions } from '../../../api/definitions.ts'
import { z } from '../../../api/schema.ts'
import { MOST_DISCS, newDisc, OWN_SIZE, PRESETS, type CreateValues, type DiscValues } from '../form-values.ts'
import {
  attribute,
  flag,
  mib,
  number,
  oneOf,
  PROTOTYPE,
  readAll,
  text,
  textOrNull,
  type Attributes,
  type NotTaken,
} from './attributes.ts'
import { withoutUser } from './without-user.ts'

/** What was taken of a bundle from elsewhere, and, in sentences by field, what was not. */
export interface Taken {
  values: Partial<CreateValues>
  notTaken: NotTaken[]
}

type Machine =
  | 'name'
  | 'cores'
  | 'memory'
  | 'hardware_profile'
  | 'hardware_profile_locked'
  | 'zone_name'
  | 'keymap'
type Flags = 'cdrom_url' | 'power_on' | 'autoreboot_on'

const isHash = z.record(z.string(), z.unknown())

/**
 * Takes what came from elsewhere (a file, a link), of the form that vm_create takes, and the definitions as far as they are
 * known, and returns what of it the form takes. It is hostile until it is checked: each field by itself, unknown ones and
 * secrets are named and left. `whole`: a part that is missing is none, as BigV takes it; otherwise it is as the form has it.
 */
export function takeBundle(input: unknown, definitions: Definitions | undefined, whole: boolean): Taken {
  const notTaken: NotTaken[] = []
  const bundle = isHash.safeParse(input)
  if (!bundle.success) {
    return {
      values: {},
      notTaken: [{ field: 'the whole', why: 'It is not a bundle: {"virtual_machine": {…}, …}.' }],
    }
  }
  const parts = bundle.data
  const values: Partial<CreateValues> = whole
    ? { power_on: false, autoreboot_on: false, discs: [], system: 'none' }
    : {}
  const part = (name: string) => (Object.hasOwn(parts, name) ? parts[name] : undefined)

  const machine = readAll(
    'virtual_machine',
    part('virtual_machine'),
    machineAttributes(definitions),
    notTaken,
  )
  Object.assign(values, machine)
  if (whole && part('virtual_machine') === undefined) {
    notTaken.push({ field: 'virtual_machine', why: 'It is missing.' })
  }
  if (part('discs') !== undefined) values.discs = discsOf(part('discs'), definitions, notTaken)
  if (part('reimage') !== undefined) {
    Object.assign(values, readAll('reimage', part('reimage'), imageAttributes(definitions), notTaken), {
      system: 'distribution',
    })
  }
  Object.assign(values, readAll('ips', part('ips'), ADDRESSES, notTaken))
  for (const name of Object.keys(parts)) {
    if (!PARTS.has(name) && !PROTOTYPE.has(name))
      notTaken.push({ field: name, why: 'The wizard knows no such part.' })
  }
  return { values: { ...values, ...presetOf(values) }, notTaken }
}

const PARTS = new Set(['virtual_machine', 'discs', 'reimage', 'ips'])

const machineAttributes = (
  definitions: Definitions | undefined,
): Attributes<Pick<CreateValues, Machine | Flags>> => ({
  name: attribute('name', text(2000)),
  cores: attribute('cores', number),
  memory: attribute('memory', mib),
  hardware_profile: attribute('hardware_profile', oneOf(definitions?.hardware_profiles)),
  hardware_profile_locked: attribute('hardware_profile_locked', flag),
  zone_name: attribute('zone_name', oneOf(definitions?.zone_names)),
  keymap: attribute('keymap', oneOf(definitions?.keymaps)),
  cdrom_url: {
    ...attribute('cdrom_url', textOrNull(2000)),
    also: (url: string) =>
      withoutUser(url) === url
        ? { value: url }
        : { value: withoutUser(url), why: 'Its user and password were left out.' },
  },
  power_on: attribute('power_on', flag),
  autoreboot_on: attribute('autoreboot_on', flag),
})

const imageAttributes = (
  definitions: Definitions | undefined,
): Attributes<Pick<CreateValues, 'distribution' | 'ssh_keys' | 'firstboot_script' | 'root_password'>> => ({
  distribution: attribute('distribution', oneOf(definitions?.distributions)),
  root_password: { ...attribute('root_password', text(1)), never: 'A password is not taken from elsewhere.' },
  ssh_public_key: attribute('ssh_keys', text(50_000)),
  firstboot_script: {
    ...attribute('firstboot_script', text(100_000)),
    also: (script) => ({ value: script.replaceAll('\r\n', '\n') }),
  },
})

const ADDRESSES: Attributes<Pick<CreateValues, 'ipv4' | 'ipv6'>> = {
  ipv4: attribute('ipv4', text(100)),
  ipv6: attribute('ipv6', text(100)),
}

function discsOf(input: unknown, definitions: Definitions | undefined, notTaken: NotTaken[]): DiscValues[] {
  if (!Array.isArray(input)) {
    notTaken.push({ field: 'discs', why: 'It is no list.' })
    return []
  }
  if (input.length > MOST_DISCS) {
    notTaken.push({ field: 'discs', why: `A machine has at most ${MOST_DISCS}; the others were left out.` })
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
        readAll(`discs.${index}`, disc as unknown, attributes, notTaken),
      ),
    )
}

function presetOf({ cores, memory }: Partial<CreateValues>): Partial<CreateValues> {
  if (cores === undefined && memory === undefined) return {}
  const preset = PRESETS.find((each) => each.cores === cores && each.memory === memory)
  return { preset: preset?.value ?? OWN_SIZE }
}
