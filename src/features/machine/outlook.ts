import type { VirtualMachine } from '../../api/virtual-machines.ts'

/** What some power actions would come to, in a few words. */
export interface Outlook {
  /** The actions, as on their buttons, or what happens by itself. */
  what: string
  next: string
}

/**
 * Takes a machine's two booleans and returns what each power action would do next (API reference, "Power" and "Signals"). What an
 * action does to autoreboot_on is said where it changes it.
 */
export function powerOutlook({
  power_on,
  autoreboot_on,
  deleted,
}: Pick<VirtualMachine, 'power_on' | 'autoreboot_on' | 'deleted'>): Outlook[] {
  if (deleted) return []
  const keepsOff = autoreboot_on ? 'off, and stays off (autoreboot_on becomes no)' : 'off, and stays off'
  const comesBack = autoreboot_on ? 'off, then on again' : 'off, then on again (autoreboot_on becomes yes)'
  if (power_on) {
    return [
      { what: 'Shut down, Force stop', next: keepsOff },
      { what: 'Restart, Force reboot', next: comesBack },
      { what: 'Reset', next: 'stays on' },
      { what: 'Powered off from inside', next: autoreboot_on ? 'on again by itself' : 'stays off' },
    ]
  }
  if (autoreboot_on) {
    return [
      { what: 'Start', next: 'on at once' },
      { what: 'Force stop', next: 'stays off (autoreboot_on becomes no)' },
      { what: 'Left alone', next: 'on by itself' },
    ]
  }
  return [
    { what: 'Start', next: 'on, and comes back whenever it is off (autoreboot_on becomes yes)' },
    { what: 'Left alone', next: 'stays off' },
  ]
}
