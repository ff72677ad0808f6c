import type { FieldPath } from 'react-hook-form'
import { z } from '../../../lib/schema.ts'

/** The most discs that a machine can have (docs/bigv-api.md#8-discs). */
export const MOST_DISCS = 8

const MOST_CHARACTERS = 100_000
const text = z.string().check(z.maxLength(MOST_CHARACTERS))

/** `size` is in GiB, as typed. */
const disc = z.object({ label: text, size: text, storage_grade: text })

/** The form's values as typed; bundleFromForm converts them to BigV's. */
export const formValues = z.object({
  /** A name, or a pattern for several: web{1..5}. */
  name: text,
  /** The selected card of a size. It isn't sent: `cores` and `memory` are. */
  preset: text,
  cores: text,
  /** In GiB, as typed. */
  memory: text,
  // If one of the next five fields is empty, BigV chooses the value.
  hardware_profile: text,
  zone_name: text,
  keymap: text,
  ipv4: text,
  ipv6: text,
  hardware_profile_locked: z.boolean(),
  power_on: z.boolean(),
  autoreboot_on: z.boolean(),
  discs: z.array(disc).check(z.maxLength(MOST_DISCS)),
  system: z.enum(['distribution', 'none']),
  distribution: text,
  /** `generated`: a password for each machine, generated on sending. `none`: no password, only SSH keys. */
  password_from: z.enum(['generated', 'typed', 'none']),
  root_password: text,
  /** One per line. */
  ssh_keys: text,
  firstboot_script: text,
  /** True if the draft in this tab may include the script. */
  keep_script: z.boolean(),
  cdrom_url: text,
})

export type CreateValues = z.infer<typeof formValues>
export type DiscValues = z.infer<typeof disc>

/** The name of a field, such as `cores` or `discs.0.size`. */
export type Field = FieldPath<CreateValues>

/** BigV's default (docs/bigv-api.md#8-discs), shown until the definitions are loaded. */
const DEFAULT_GRADE = 'sata'

/** Sizes offered as cards; memory in GiB. */
export const PRESETS = [
  { value: '1-1', cores: '1', memory: '1' },
  { value: '2-4', cores: '2', memory: '4' },
  { value: '4-8', cores: '4', memory: '8' },
  { value: '8-16', cores: '8', memory: '16' },
] as const

/** The value of `preset` for any other size. */
export const CUSTOM_SIZE = 'own'

/** The values of an empty form. */
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

/** The grade to send: the selected one if BigV offers it, otherwise the first that BigV offers. BigV may not offer the form's default. */
export function gradeOf(selected: string, grades: readonly string[]): string {
  return grades.includes(selected) ? selected : (grades[0] ?? selected)
}
