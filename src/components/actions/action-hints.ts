import { bind, type SimpleAction } from '../../actions/action.ts'
import { autorebootChange } from '../../actions/autoreboot.ts'
import { sendKeys } from '../../actions/keys.ts'
import { purge, reimage } from '../../actions/lifecycle.ts'
import { start } from '../../actions/power.ts'
import { rescue } from '../../actions/rescue.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import type { Offered } from './controls.ts'

/** What an action would do to this machine next, for its menu item. Undefined if its label says it all. */
export function hintOf(action: Offered, { group, machine: { vm } }: MachineInGroup): string | undefined {
  if (action === reimage) return 'Erases the first disc and installs a new system.'
  if (action === rescue) return 'Boots once into BigV’s rescue system.'
  if (action === purge) return 'The machine and all its discs are gone for good.'
  if (action === sendKeys || action.confirmation === 'form' || !isPower(action)) return undefined
  const change = autorebootChange(bind(action).requests(group, vm), vm.autoreboot_on)
  const after = change?.after ? ', and restarts automatically from then on' : ''
  if (action === start) return vm.autoreboot_on ? 'On at once.' : `On${after}.`
  const end = action.leavesOff ? 'Stays off.' : action.powersOff ? `Then on again${after}.` : ''
  return [HOW[action.menu === 'graceful' ? 'graceful' : vm.power_on ? 'forced' : 'off'], end]
    .filter(Boolean)
    .join(' ')
}

const HOW = {
  graceful: 'Graceful: the guest decides when.',
  forced: 'Forced: unsaved data is lost.',
  // Nothing can be lost by the power cut of a machine that is off.
  off: '',
}

function isPower({ menu }: SimpleAction): boolean {
  return menu === 'power' || menu === 'graceful' || menu === 'forced'
}
