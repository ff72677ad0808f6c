import { persisted } from '../../lib/persisted.ts'
import { validEntries, z } from '../../lib/schema.ts'
import { createStore } from '../../lib/store.ts'

/** A named sequence of presses. Each press is the names of its keys, joined by dashes. */
export interface Combination {
  name: string
  presses: readonly string[]
}

/** A press that the user has chosen to send: key names joined by dashes. */
export interface ChosenPress {
  press: string
  /** Recorded presses aren't stored, as they may be a password. */
  recorded: boolean
  /** Unique among the chosen presses. */
  id: number
}

/** Combinations offered by default, with the key names of BigV's definitions. */
export const COMMON: readonly Combination[] = [
  { name: 'Ctrl+Alt+Del', presses: ['ctrl-alt-delete'] },
  { name: 'Enter', presses: ['ret'] },
  { name: 'Esc', presses: ['esc'] },
  { name: 'Tab', presses: ['tab'] },
  { name: 'Ctrl+C', presses: ['ctrl-c'] },
  { name: 'Ctrl+D', presses: ['ctrl-d'] },
  { name: 'Alt+F1', presses: ['alt-f1'] },
  { name: 'Alt+F2', presses: ['alt-f2'] },
  { name: 'Ctrl+Alt+F1', presses: ['ctrl-alt-f1'] },
  { name: 'SysRq S: sync discs', presses: ['alt-sysrq-s'] },
  { name: 'SysRq U: remount read-only', presses: ['alt-sysrq-u'] },
  { name: 'SysRq B: reboot', presses: ['alt-sysrq-b'] },
]

const CTRL = ['ctrl', 'ctrl_r']
const ALT = ['alt', 'alt_r']
const DELETE = ['delete', 'kp_decimal']
const SYSRQ = ['sysrq', 'print']
/** The letters of Linux's SysRq keys that end the system at once: crash, reboot, power off. */
const SYSRQ_ENDS = ['c', 'b', 'o']

/** True if a guest may restart at once, or go off, when it gets these presses: Ctrl+Alt+Del, or SysRq with B, C or O. */
export function mayRestart({ presses }: Combination): boolean {
  return presses.some((press) => {
    const keys = press.split('-')
    const has = (some: readonly string[]) => some.some((key) => keys.includes(key))
    return (has(CTRL) && has(ALT) && has(DELETE)) || (has(SYSRQ) && has(SYSRQ_ENDS))
  })
}

/** The most presses that can be saved as a combination. A longer sequence is more likely a text. */
export const MOST_PRESSES = 20

/** The combinations saved in this browser, sorted by name. */
export const savedCombinations = persisted(createStore<readonly Combination[]>([]), {
  key: 'bigv.key-combinations',
  where: 'browser',
  perUser: true,
  schema: validEntries(
    z.object({
      name: z.string().check(z.minLength(1)),
      presses: z.array(z.string().check(z.minLength(1))).check(z.minLength(1), z.maxLength(MOST_PRESSES)),
    }),
  ),
})

/** Saves a combination in this browser for this user; it replaces one of the same name. */
export function saveCombination(combination: Combination): void {
  savedCombinations.set((all) =>
    [...all.filter(({ name }) => name !== combination.name), combination].toSorted((a, b) =>
      a.name.localeCompare(b.name),
    ),
  )
}

export function deleteCombination(name: string): void {
  savedCombinations.set((all) => all.filter((each) => each.name !== name))
}

/** Why a combination cannot be sent, or null. `names` are the key names of BigV's definitions. */
export function combinationReason({ presses }: Combination, names: ReadonlySet<string>): string | null {
  const unknown = presses.flatMap((press) => press.split('-')).find((key) => !names.has(key))
  return unknown === undefined ? null : `BigV can’t send the key ${unknown}.`
}

export function withPresses(
  before: readonly ChosenPress[],
  presses: readonly string[],
  recorded: boolean,
): ChosenPress[] {
  const from = (before.at(-1)?.id ?? -1) + 1
  return [...before, ...presses.map((press, index) => ({ press, recorded, id: from + index }))]
}

/** Why the presses cannot be saved under this name, or null. */
export function savingReason(chosen: readonly ChosenPress[], name: string): string | null {
  if (chosen.some(({ recorded }) => recorded)) {
    return 'Recorded key presses aren’t stored. To save a combination, use the on-screen keyboard.'
  }
  if (chosen.length === 0) return 'Choose keys first.'
  if (chosen.length > MOST_PRESSES) return `You can save up to ${MOST_PRESSES} presses.`
  return name.trim() === '' ? 'Enter a name first.' : null
}
