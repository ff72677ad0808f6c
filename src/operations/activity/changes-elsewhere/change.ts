import type { Trait } from '../../actions/action.ts'
import { redacted } from '../../api/redact.ts'
import type { VirtualMachine } from '../../api/virtual-machine.ts'

/** The attributes whose changes are told. */
const TOLD = [
  'name',
  'power_on',
  'autoreboot_on',
  'cores',
  'memory',
  'hardware_profile',
  'hardware_profile_locked',
  'head',
  'cdrom_url',
  'keymap',
  'deleted',
] as const satisfies readonly Trait[]

/** What may have changed: an attribute, the discs, its group, or whether the machine is there. */
type What = Trait

/** A difference between two readings; the values without secrets, to be shown. For `there`: whether it is there now. */
export interface Difference {
  what: What
  before: unknown
  after: unknown
}

/** A change that was seen, and when: after one reading, and not after another, ms since 1970. */
export interface ObservedChange extends Difference {
  key: string
  account: string
  group: string
  id: number
  name: string
  after_ms: number
  before_ms: number
}

/** Takes two readings of a machine and returns what changed. What either does not say is no change: rows say less. */
export function differencesOf(before: VirtualMachine, after: VirtualMachine): Difference[] {
  if (before === after) return []
  const found: Difference[] = TOLD.flatMap((what) => {
    const [was, is] = [before[what], after[what]]
    if (was === undefined || is === undefined || (was ?? null) === (is ?? null)) return []
    // A machine that is off has no head: that it was turned off is told already.
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
  return discs.map(({ label, size }) => `${label} ${size} MiB`).join(', ') || 'none'
}
