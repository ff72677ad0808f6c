/** A disc as it stands in the form. `size` is what was typed, in GiB. */
export interface DiscValues {
  label: string
  size: string
  storage_grade: string
}

/** What the form holds, as it is typed and chosen; bundleFromForm makes of it what BigV takes. */
export interface CreateValues {
  /** A name, or a pattern of several: web{1..5}. */
  name: string
  /** Which card is marked; what counts is what stands in `cores` and `memory`. */
  preset: string
  cores: string
  /** In GiB, as typed. */
  memory: string
  /** Empty: BigV chooses. */
  hardware_profile: string
  hardware_profile_locked: boolean
  /** Empty: BigV chooses. */
  zone_name: string
  /** Empty: BigV's own. */
  keymap: string
  /** Empty: BigV gives them. */
  ipv4: string
  ipv6: string
  power_on: boolean
  autoreboot_on: boolean
  discs: DiscValues[]
  system: 'distribution' | 'none'
  distribution: string
  /** A generated one is made for each machine when it is sent; none means SSH keys only. */
  password_from: 'generated' | 'typed' | 'none'
  root_password: string
  /** One a line. */
  ssh_keys: string
  firstboot_script: string
  /** Whether the script may be kept in this tab, with the rest of what is typed. */
  keep_script: boolean
  cdrom_url: string
}

/** Most discs a machine can have (API reference, "Discs"). */
export const MOST_DISCS = 8

/** BigV's own default (API reference, "Discs"): what is marked until the definitions are there. */
const USUAL_GRADE = 'sata'

/** Sizes to choose with one click; memory in GiB. */
export const PRESETS = [
  { value: '1-1', cores: '1', memory: '1' },
  { value: '2-4', cores: '2', memory: '4' },
  { value: '4-8', cores: '4', memory: '8' },
  { value: '8-16', cores: '8', memory: '16' },
] as const

/** The mark of a size that is none of the presets. */
export const OWN_SIZE = 'own'

/** Returns the form as it opens. */
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

/** Takes a label and returns a disc of the usual size. */
export function newDisc(label: string): DiscValues {
  return { label, size: '25', storage_grade: USUAL_GRADE }
}

/** Takes the grade that is marked and those that BigV has, and returns the one that counts: BigV may not have the usual one. */
export function gradeOf(marked: string, grades: readonly string[]): string {
  return grades.includes(marked) ? marked : (grades[0] ?? marked)
}
