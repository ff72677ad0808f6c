import type { Askable } from './ask.ts'

/** What a power control does: asks for an action, or goes where keys are put together. */
export type Control = Askable | 'send_keys'

/** The controls in the order of the page, by how they treat the guest. */
export const POWER_GROUPS: readonly { label: string; actions: readonly Control[] }[] = [
  { label: 'Power', actions: ['start'] },
  { label: 'Asks the guest', actions: ['shut_down', 'restart', 'send_keys'] },
  { label: 'Without asking, like the plug', actions: ['stop', 'reboot', 'reset'] },
]

/** What is done to the machine as a whole. */
export const WHOLE: readonly Askable[] = ['delete', 'undelete', 'purge']
