import type { VirtualMachine } from '../../api/virtual-machine.ts'
import type { Params } from '../../operations/requests.ts'
import { words } from '../../operations/wording.ts'
import { POWER_GROUPS, WHOLE, type Control } from '../power/power-actions.ts'

/** What can be asked for of a machine by its name: `verb` before it. */
export interface Deed {
  action: Control
  verb: string
  params?: Params
  /** Whether it would change anything of a machine; it always would unless this is there. */
  changes?: (vm: VirtualMachine) => boolean
  /** What else comes of it for a machine, to be said beside it. */
  besides?: (vm: VirtualMachine) => string | null
}

const controls = [...POWER_GROUPS.flatMap(({ actions }) => actions), ...WHOLE]

/** All of them, in the order of a machine's page. */
export const DEEDS: readonly Deed[] = [
  ...controls.map((action): Deed => ({ action, verb: words[action].label })),
  autoreboot(true),
  autoreboot(false),
]

function autoreboot(on: boolean): Deed {
  return {
    action: 'set_autoreboot',
    verb: on ? 'Autoreboot on:' : 'Autoreboot off:',
    params: { autoreboot_on: on },
    changes: ({ autoreboot_on }) => autoreboot_on !== on,
    // The official client starts machines so.
    besides: ({ power_on }) => (on && !power_on ? 'starts it, too' : null),
  }
}
