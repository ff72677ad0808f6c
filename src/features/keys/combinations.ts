import { persisted } from '../../lib/persisted.ts'
import { z } from '../../lib/schema.ts'
import { createStore } from '../../lib/store.ts'

/** Presses under a name: each the names of keys that are pressed together, joined by dashes. */
export interface Combination {
  name: string
  presses: readonly string[]
}

/** What operators send most, in the names of the definitions. */
export const USUAL: readonly Combination[] = [
  { name: 'Ctrl Alt Delete', presses: ['ctrl-alt-delete'] },
  { name: 'Alt F1', presses: ['alt-f1'] },
  { name: 'Alt F2', presses: ['alt-f2'] },
  { name: 'Ctrl Alt F1', presses: ['ctrl-alt-f1'] },
  { name: 'Ctrl C', presses: ['ctrl-c'] },
  { name: 'Ctrl D', presses: ['ctrl-d'] },
  { name: 'Alt SysRq S', presses: ['alt-sysrq-s'] },
  { name: 'Alt SysRq U', presses: ['alt-sysrq-u'] },
  { name: 'Alt SysRq B', presses: ['alt-sysrq-b'] },
  { name: 'Enter', presses: ['ret'] },
  { name: 'Esc', presses: ['esc'] },
  { name: 'Tab', presses: ['tab'] },
]

/** The longest that is saved: a combination, not a text. */
export const MOST_PRESSES = 20
const store = persisted(createStore<readonly Combination[]>([]), {
  key: 'bigv.key-combinations',
  where: 'browser',
  perUser: true,
  schema: z.transform(kept),
})

/** The combinations that the user who is signed in has saved in this browser, by name. */
export const useSavedCombinations = store.use

/** Saves a combination in this browser, for this user, in place of one of its name. */
export function saveCombination(combination: Combination): void {
  const others = store.get().filter(({ name }) => name !== combination.name)
  store.set([...others, combination].toSorted((a, b) => a.name.localeCompare(b.name)))
}

/** Takes a saved combination out. */
export function forgetCombination(name: string): void {
  store.set(store.get().filter((each) => each.name !== name))
}

/** Takes what was stored and returns those combinations in it that are whole. */
export function kept(value: unknown): Combination[] {
  if (!Array.isArray(value)) return []
  return value.filter((each: unknown): each is Combination => {
    if (typeof each !== 'object' || each === null || !('name' in each) || !('presses' in each)) return false
    const { name, presses } = each
    if (typeof name !== 'string' || name === '' || !Array.isArray(presses)) return false
    return (
      presses.length > 0 &&
      presses.length <= MOST_PRESSES &&
      presses.every((press) => typeof press === 'string' && press !== '')
    )
  })
}
