import type { FormAction, SimpleAction } from '../../actions/action.ts'
import { machineActions, simpleActions } from '../../actions/index.ts'

/** An action in a menu. One with a form has a tab instead of a dialog. */
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
  // In the order of the registry.
  actions: Object.values(machineActions).filter((action): action is Control => action.menu === menu),
})

/** The power controls of a machine's page, by how they treat the guest. */
export const POWER_GROUPS = MENUS.slice(0, 3).map(group)

export const WHOLE = group(MENUS[4])

/** The actions available in bulk. */
export const BULK_GROUPS = MENUS.slice(1).map(([menu, label]) => ({
  label,
  actions: Object.values(simpleActions).filter((action) => action.menu === menu && action.bulk),
}))

/** The two actions that set autoreboot_on. One of them would change nothing. */
export const AUTOREBOOT = Object.values(simpleActions).filter(({ menu }) => menu === 'autoreboot')
