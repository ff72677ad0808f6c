import { HIDDEN, redacted } from '../api/redact.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { formatMib } from '../lib/units.ts'
import { yesNo } from '../lib/text.ts'
import type { WrittenAttribute } from './action.ts'

/** The attributes that are written, and no others. */
export type Patch = Readonly<Record<string, unknown>>

/** What `change` carries. */
export interface Change {
  attributes: Patch
  /** The name of the group that `group_id` moves the machine to: paths have names. */
  movesTo?: string | null
}

/** What a plan keeps of a change, with dots for the user:password of a URL. */
export type KeptChange = { attributes: Patch; before: Patch; movesTo: string | null }

/** A change as it is kept, beside the values that the machine had. */
export function keptChange({ attributes, movesTo = null }: Change, vm: VirtualMachine): KeptChange {
  const before = Object.fromEntries(Object.keys(attributes).map((name) => [name, vm[name]]))
  return { attributes: redacted(attributes) as Patch, before: redacted(before) as Patch, movesTo }
}

/** Whether it has lost something by being kept, so that it cannot be sent. */
export function hasSecret({ attributes }: KeptChange): boolean {
  return Object.values(attributes).some(isHidden)
}

/** Where it leaves the machine. */
export function nameAndGroupAfter({ attributes: { name }, movesTo }: KeptChange) {
  return { ...(typeof name === 'string' && { name }), ...(movesTo !== null && { group: movesTo }) }
}

/** What it writes, beside what the machine reads. */
export function attributesOf({ attributes, before }: KeptChange, vm: VirtualMachine): WrittenAttribute[] {
  return Object.entries(attributes).map(([name, wanted]) => ({
    name,
    before: before[name] ?? null,
    wanted: wanted ?? null,
    now: redacted(vm[name] ?? null),
    hidden: isHidden(wanted),
  }))
}

const NAMES: Readonly<Record<string, string>> = {
  hardware_profile: 'hardware profile',
  hardware_profile_locked: 'lock of the profile',
  cdrom_url: 'CD',
  group_id: 'group',
}

/** "cores 1 → 2, memory 2 GiB → 1 GiB". */
export function changesInWords({ attributes, before, movesTo }: KeptChange): string {
  return Object.entries(attributes)
    .map(([name, to]) => {
      if (name === 'group_id' && movesTo !== null) return `group to ${movesTo}`
      return `${NAMES[name] ?? name} ${shown(name, before[name])} → ${shown(name, to)}`
    })
    .join(', ')
}

function shown(name: string, value: unknown): string {
  if (name === 'memory' && typeof value === 'number') return formatMib(value)
  if (typeof value === 'boolean') return yesNo(value)
  if (value === null || value === undefined || value === '') return 'none'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function isHidden(value: unknown): boolean {
  return typeof value === 'string' && value.includes(HIDDEN)
}
