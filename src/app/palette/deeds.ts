import type { VirtualMachine } from '../../api/virtual-machine.ts'
import { autorebootOff, autorebootOn } from '../../actions/power.ts'
import { POWER_GROUPS, WHOLE, type Control } from '../../components/actions/menus.ts'

/** What can be asked for of a machine by its name: `verb` before it. */
export interface Deed {
  action: Control
  verb: string
  /** Whether it would change anything of a machine; it always would unless this is there. */
  changes?: (vm: VirtualMachine) => boolean
  /** What else comes of it for a machine, to be said beside it. */
  besides?: (vm: VirtualMachine) => string | null
}

/** All of them, in the order of a machine's page. */
export const DEEDS: readonly Deed[] = [
  ...[...POWER_GROUPS, WHOLE]
    .flatMap(({ actions }) => actions)
    .map((action) => ({ action, verb: action.label })),
  {
    action: autorebootOn,
    verb: 'Autoreboot on:',
    changes: ({ autoreboot_on }) => !autoreboot_on,
    // The official client starts machines so.
    besides: ({ power_on }) => (power_on ? null : 'starts it, too'),
  },
  { action: autorebootOff, verb: 'Autoreboot off:', changes: ({ autoreboot_on }) => autoreboot_on },
]
