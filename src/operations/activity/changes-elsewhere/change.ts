import { COMPARED, type MachinePart } from '../../../actions/observation.ts'
import { redacted } from '../../../api/redact.ts'
import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import { onOff } from '../../../lib/text.ts'
import { formatWhen } from '../../../lib/times.ts'
import { formatMib } from '../../../lib/units.ts'

/** A difference between two fetches of a machine, without secrets. `there` is true if BigV shows the machine. */
export interface Difference {
  what: MachinePart
  before: unknown
  after: unknown
}

/** A change that wasn't made in this browser. It happened between two fetches, whose times are in ms since 1970. */
export interface ChangeElsewhere extends Difference {
  key: string
  account: string
  group: string
  id: number
  name: string
  after_ms: number
  before_ms: number
}

/**
 * The differences between two fetches of a machine. Rows of a list have fewer attributes, so attributes that one fetch lacks are skipped.
 */
export function differencesOf(before: VirtualMachine, after: VirtualMachine): Difference[] {
  if (before === after) return []
  const found: Difference[] = COMPARED.flatMap((what) => {
    const [was, is] = [before[what], after[what]]
    if (was === undefined || is === undefined || (was ?? null) === (is ?? null)) return []
    // A machine that is off has no head, so the change of power_on says enough.
    if (what === 'head' && (was === null || is === null)) return []
    return [{ what, before: redacted(was), after: redacted(is) }]
  })
  const [were, are] = [discsIn(before), discsIn(after)]
  return were === null || are === null || were === are
    ? found
    : [...found, { what: 'discs', before: were, after: are }]
}

function discsIn({ discs }: VirtualMachine): string | null {
  if (!discs) return null
  return discs.map(({ label, size }) => `${label} ${formatMib(size)}`).join(', ') || 'none'
}

/** "was turned off", "cores 1 → 2". */
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
      return after === true ? 'was deleted' : 'was undeleted'
    case 'there':
      return after === true ? 'appeared' : 'is no longer there: deleted, moved or purged'
    case 'memory':
      return `memory ${mib(before)} → ${mib(after)}`
    case 'cdrom_url':
      return `CD ${shown(before)} → ${shown(after)}`
    case 'hardware_profile':
      return `hardware profile ${shown(before)} → ${shown(after)}`
    case 'hardware_profile_locked':
      return after === true ? 'hardware profile locked' : 'hardware profile unlocked'
    case 'autoreboot_on':
      return `automatic restart turned ${onOff(after === true)}`
    case 'cores':
    case 'keymap':
    case 'discs':
      return `${what} ${shown(before)} → ${shown(after)}`
  }
}

/** The times of the fetches before and after: "between 14:03:12 and 14:03:22". */
export function windowInWords({ after_ms, before_ms }: ChangeElsewhere): string {
  return `between ${formatWhen(after_ms)} and ${formatWhen(before_ms)}`
}

function mib(value: unknown): string {
  return typeof value === 'number' ? formatMib(value) : shown(value)
}

function shown(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'none'
}
