import { formatMib } from '../../lib/units.ts'
import { formatClock } from '../../lib/times.ts'
import type { Difference, ObservedChange } from './change.ts'

/** Takes a change that was seen and says it: "was turned off", "cores 1 → 2". */
export function changeInWords({ what, before, after }: Difference): string {
  switch (what) {
    case 'power_on':
      return after === true ? 'was turned on' : 'was turned off'
    case 'head':
      return `moved from head ${shown(before)} to ${shown(after)}`
    case 'name':
      return `was renamed, from ${shown(before)} to ${shown(after)}`
    case 'group':
      return `was moved from group ${shown(before)} to ${shown(after)}`
    case 'deleted':
      return after === true ? 'was deleted' : 'was restored'
    case 'there':
      return after === true ? 'appeared' : 'is no longer there: deleted, moved or gone for good'
    case 'memory':
      return `memory ${mib(before)} → ${mib(after)}`
    case 'cdrom_url':
      return `CD ${shown(before)} → ${shown(after)}`
    case 'hardware_profile':
      return `hardware profile ${shown(before)} → ${shown(after)}`
    case 'hardware_profile_locked':
      return after === true ? 'hardware profile locked' : 'hardware profile unlocked'
    case 'autoreboot_on':
    case 'cores':
    case 'keymap':
    case 'discs':
      return `${what} ${shown(before)} → ${shown(after)}`
  }
}

/** Takes a change and says between which readings it came about: "between 14:03:12 and 14:03:22". */
export function windowInWords({ after_ms, before_ms }: ObservedChange): string {
  return `between ${formatClock(after_ms)} and ${formatClock(before_ms)}`
}

function mib(value: unknown): string {
  return typeof value === 'number' ? formatMib(value) : shown(value)
}

function shown(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'none'
}
