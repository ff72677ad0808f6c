import type { FormAction, SimpleAction } from '../../actions/action.ts'
import { machineActions, simpleActions } from '../../actions/index.ts'
import { sendKeys } from '../../actions/keys.ts'

/** An action in a menu. An action with a form opens a tab instead of a dialog. */
export type Control = SimpleAction | FormAction

const MENUS = [
  ['power', 'Power'],
  ['graceful', 'Graceful'],
  ['forced', 'Forced (unsaved data is lost)'],
  ['autoreboot', 'After powering off'],
  ['machine', 'Whole machine'],
] as const

const group = ([menu, label]: (typeof MENUS)[number]) => ({
  menu,
  label,
  // The actions are in the order of src/actions/index.ts.
  actions: Object.values(machineActions).filter((action): action is Control => action.menu === menu),
})

/** An action's label in a menu or the palette. "…" if a dialog opens first: without it, the action begins at once. */
export function menuLabel(action: Control, label: string = action.label): string {
  // Send keys opens a page or a menu.
  return action.confirmation === 'none' || action === sendKeys ? label : `${label}…`
}

/** True if the action destroys something, or cuts the power of a machine that is on. Its entry is red. */
export function isDangerous({ loses }: Control, isOn: boolean): boolean {
  return loses === 'data' || (loses === 'unsaved data' && isOn)
}

/** The power actions on a machine's page, with the graceful and the forced ones in groups of their own. */
export const POWER_GROUPS = MENUS.slice(0, 3).map(group)

export const WHOLE = group(MENUS[4])

/** The actions available in bulk. */
export const BULK_GROUPS = MENUS.slice(1).map(([menu, label]) => ({
  label,
  actions: Object.values(simpleActions).filter((action) => action.menu === menu && action.bulk),
}))

/** The two actions that set autoreboot_on. For each machine, one of the two would change nothing. */
export const AUTOREBOOT = Object.values(simpleActions).filter(({ menu }) => menu === 'autoreboot')
