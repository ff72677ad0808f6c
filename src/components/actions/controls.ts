import type { FormAction, SimpleAction } from '../../actions/action.ts'
import { reboot, reset, stop } from '../../actions/forced.ts'
import { sendKeys } from '../../actions/keys.ts'
import { purge, reimage, remove, undelete } from '../../actions/lifecycle.ts'
import { restart, shutDown, start } from '../../actions/power.ts'
import { rescue } from '../../actions/rescue.ts'
import type { MachineData } from '../../api/virtual-machines.ts'

/** An action on a machine's page. Send keys and Re-image have forms; the others need nothing but the machine. */
export type Offered = SimpleAction | FormAction

/** The states in which a machine's page offers different actions. */
export type OfferState = 'running' | 'stopped' | 'restarting' | 'creating' | 'deleted'

/** Going by the last fetch, however old: every action fetches the machine again before it sends anything. */
export function offerStateOf({ vm, creating }: MachineData): OfferState {
  if (vm.deleted) return 'deleted'
  if (creating) return 'creating'
  if (vm.power_on) return 'running'
  return vm.autoreboot_on ? 'restarting' : 'stopped'
}

/** A button. With `menu`, the actions in the menu beside it; Send keys is a menu of its own. */
interface Control {
  action: Offered
  main?: true
  menu?: readonly Offered[]
}

/** The buttons of each state. All other actions are in the menu ⋯, so every action takes two clicks at most. */
const BUTTONS: Record<OfferState, readonly Control[]> = {
  running: [
    { action: shutDown, menu: [shutDown, stop] },
    { action: restart, menu: [restart, reboot, reset] },
    { action: sendKeys },
  ],
  stopped: [{ action: start, main: true }, { action: reimage }],
  restarting: [{ action: stop }],
  creating: [],
  deleted: [{ action: undelete, main: true }, { action: purge }],
}

/** The actions that turn a machine on or off or restart it, in the order of the phone's Power menu. */
const POWER: readonly Offered[] = [start, shutDown, restart, stop, reboot, reset]

/** The buttons for a machine in this state, and the other actions. */
export interface Offer {
  buttons: readonly Control[]
  /** The actions on the whole machine in the menu ⋯. */
  whole: readonly Offered[]
  /** The power actions that have no button, in the menu ⋯: they aren't possible in this state, and say why. */
  power: readonly Offered[]
}

/** What a machine's page offers on a wide screen. */
export function offerFor(state: OfferState): Offer {
  const buttons = BUTTONS[state]
  const shown = new Set(buttons.flatMap(({ action, menu }) => [action, ...(menu ?? [])]))
  const others = (actions: readonly Offered[]) => actions.filter((action) => !shown.has(action))
  return { buttons, whole: others(wholeIn(state)), power: others([...POWER, sendKeys]) }
}

/** What it offers in the bar at the bottom of a phone: one button, the menu Power, and the menu ⋯. */
export function phoneOfferFor(state: OfferState): Offer {
  const [first] = BUTTONS[state]
  const whole = wholeIn(state).filter((action) => action !== first?.action)
  return { buttons: first ? [first] : [], whole, power: [...POWER, sendKeys] }
}

// Of Delete and Undelete, one is possible at a time.
function wholeIn(state: OfferState): readonly Offered[] {
  return [reimage, rescue, state === 'deleted' ? undelete : remove, purge]
}
