import type { FieldPath } from 'react-hook-form'

/** A disc of the form. `size` is in GiB, as typed. */
export interface DiscValues {
  label: string
  size: string
  storage_grade: string
}

/** The form's values as typed and chosen; bundleFromForm turns them into what BigV takes. */
export interface CreateValues {
  /** A name, or a pattern of several: web{1..5}. */
  name: string
  /** The selected card; `cores` and `memory` are what counts. */
  preset: string
  cores: string
  /** In GiB, as typed. */
  memory: string
  /** Empty: BigV chooses. */
  hardware_profile: string
  hardware_profile_locked: boolean
  /** Empty: BigV chooses. */
  zone_name: string
  /** Empty: BigV's default. */
  keymap: string
  /** Empty: BigV assigns one; so too for `ipv6`. */
  ipv4: string
  ipv6: string
  power_on: boolean
  autoreboot_on: boolean
  discs: DiscValues[]
  system: 'distribution' | 'none'
  distribution: string
  /** `generated`: one for each machine, made when it is sent. `none`: SSH keys only. */
  password_from: 'generated' | 'typed' | 'none'
  root_password: string
  /** One per line. */
  ssh_keys: string
  firstboot_script: string
  /** Whether the draft in this tab may include the script. */
  keep_script: boolean
  cdrom_url: string
}

/** A field of the form. */
export type Field = FieldPath<CreateValues>

/** Most discs a machine can have (docs/bigv-api.md#8-discs). */
export const MOST_DISCS = 8

/** BigV's default (docs/bigv-api.md#8-discs), shown until the definitions are loaded. */
const DEFAULT_GRADE = 'sata'

/** Sizes offered as cards; memory in GiB. */
export const PRESETS = [
  { value: '1-1', cores: '1', memory: '1' },
  { value: '2-4', cores: '2', memory: '4' },
  { value: '4-8', cores: '4', memory: '8' },
  { value: '8-16', cores: '8', memory: '16' },
] as const

/** `preset` for a size that is none of the presets. */
export const CUSTOM_SIZE = 'own'

/** An empty form. */
export function newValues(): CreateValues {
  return {
    name: '',
    preset: PRESETS[0].value,
    cores: PRESETS[0].cores,
    memory: PRESETS[0].memory,
    hardware_profile: '',
    hardware_profile_locked: false,
    zone_name: '',
    keymap: '',
    ipv4: '',
    ipv6: '',
    power_on: true,
    autoreboot_on: true,
    discs: [newDisc('disc-1')],
    system: 'distribution',
    distribution: '',
    password_from: 'generated',
    root_password: '',
    ssh_keys: '',
    firstboot_script: '',
    keep_script: false,
    cdrom_url: '',
  }
}

/** A disc of the default size and grade. */
export function newDisc(label: string): DiscValues {
  return { label, size: '25', storage_grade: DEFAULT_GRADE }
}

/** The grade that will be sent: BigV's first one where BigV does not have the selected one, which may be the default. */
export function gradeOf(selected: string, grades: readonly string[]): string {
  return grades.includes(selected) ? selected : (grades[0] ?? selected)
}
