import type { SimpleAction } from '../../actions/action.ts'
import { simpleActions } from '../../actions/index.ts'
import { sendKeys } from '../../actions/keys.ts'

/** An action to run, or the keys, which have a tab. */
export type Control = SimpleAction | typeof sendKeys

const MENUS = [
  ['power', 'Power'],
  ['graceful', 'Asks the guest'],
  ['forced', 'Without asking, like the plug'],
  ['autoreboot', 'When it powers off'],
  ['machine', 'The whole machine'],
] as const

/** The actions of a menu, in the order of the registry. */
function inMenu(menu: SimpleAction['menu']): SimpleAction[] {
  return Object.values(simpleActions).filter((action) => action.menu === menu)
}

const group = ([menu, label]: (typeof MENUS)[number]) => ({
  menu,
  label,
  actions: [...inMenu(menu), ...(menu === 'graceful' ? [sendKeys] : [])] as readonly Control[],
})

/** The power controls of a machine's page, by how they treat the guest. */
export const POWER_GROUPS = MENUS.slice(0, 3).map(group)

export const WHOLE = group(MENUS[4])

/** What can be done to many machines. */
export const BULK_GROUPS = MENUS.slice(1).map(([menu, label]) => ({
  label,
  actions: inMenu(menu).filter(({ bulk }) => bulk),
}))
