import { HIDDEN, redacted } from '../api/redact.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { yesNo } from '../lib/text.ts'
import { formatMib } from '../lib/units.ts'
import { bind, type BoundAction, type WrittenAttribute } from './action.ts'
import { existing, formAction } from './declare.ts'
import { minutes, superseded } from './observation.ts'
import { put } from './requests.ts'

/** Only the attributes to write. */
export type Patch = Readonly<Record<string, unknown>>

/** The params of `change`. */
export interface Change {
  attributes: Patch
  /** The name of the group that `group_id` moves the machine to: paths need names. */
  movesTo?: string | null
}

/** A change as stored by a plan, with dots for the user:password of a URL. */
export type StoredChange = { attributes: Patch; before: Patch; movesTo: string | null }

export function storedChange({ attributes, movesTo = null }: Change, vm: VirtualMachine): StoredChange {
  const before = Object.fromEntries(Object.keys(attributes).map((name) => [name, vm[name]]))
  return { attributes: redacted(attributes) as Patch, before: redacted(before) as Patch, movesTo }
}

/** True if a secret was replaced by dots when the change was stored, so that the change can't be sent. */
export function hasSecret({ attributes }: StoredChange): boolean {
  return Object.values(attributes).some(isHidden)
}

function nameAndGroupAfter({ attributes: { name }, movesTo }: StoredChange) {
  return { ...(typeof name === 'string' && { name }), ...(movesTo !== null && { group: movesTo }) }
}

/** The attributes that a change writes, beside the machine's current values. */
function attributesOf({ attributes, before }: StoredChange, vm: VirtualMachine): WrittenAttribute[] {
  return Object.entries(attributes).map(([name, wanted]) => ({
    name: NAMES[name] ?? name,
    before: before[name] ?? null,
    wanted: wanted ?? null,
    now: redacted(vm[name] ?? null),
    hidden: isHidden(wanted),
  }))
}

const NAMES: Readonly<Record<string, string>> = {
  hardware_profile: 'hardware profile',
  hardware_profile_locked: 'profile lock',
  cdrom_url: 'CD',
  group_id: 'group id',
}

/** "cores 1 → 2, memory 2 GiB → 1 GiB". */
export function changesInWords({ attributes, before, movesTo }: StoredChange): string {
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

export const change = formAction({
  name: 'change',
  label: 'Change',
  inProgress: 'Changing…',
  done: (name) => `${name} changed`,
  doneMany: (count) => `${count} machines changed`,
  menu: null,
  loses: 'nothing',
  disabledReason: existing(),
  requests: ({ path }, { attributes }: Change) => [put(path, attributes)],
  expects: ({ attributes }): Patch =>
    Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, redacted(value)])),
  watch: {
    overdueAfter: minutes(1),
    isDone({ vm, expected }) {
      const others = Object.entries(expected).filter(([name, value]) => redacted(vm[name] ?? null) !== value)
      if (others.length === 0) return true
      const sentences = others.map(
        ([name, value]) =>
          `${NAMES[name] ?? name} is ${valueText(name, redacted(vm[name]))}, not ${valueText(name, value)}.`,
      )
      return superseded(sentences.join(' '))
    },
  },
  whenGone: (expected) =>
    superseded(
      expected?.['group_id'] === undefined
        ? 'The machine was not found, or you don’t have access.'
        : 'The machine has left this group, but hasn’t appeared in the other.',
    ),
  decidedOn: (vm, { attributes }) => Object.keys(attributes).map((name) => vm[name] ?? null),
  // A moved machine may look like one that vanishes from its group and appears in another.
  accountsFor: (part, expected) =>
    part in (expected ?? {}) || ('group_id' in (expected ?? {}) && (part === 'there' || part === 'group')),
  powersOff: false,
  mayWaitForRestart: true,
  cli: null,
  guided: {
    title: 'Shut down, change, start',
    done: (name) => `${name} changed and running`,
    verb: 'change',
    startsAgain: true,
    confirmation: {
      title: (name) => `Shut down ${name}, change it and start it?`,
      explains:
        'Presses the ACPI power button, waits until the machine is off, changes it and starts it again. You can cancel between steps.',
    },
    serialize: storedChange,
    restore: (stored: StoredChange): BoundAction | null => (hasSecret(stored) ? null : bind(change, stored)),
    step: (stored: StoredChange) => `Change ${changesInWords(stored)}`,
    changes: changesInWords,
    attributes: attributesOf,
    movesTo: nameAndGroupAfter,
    made: 'The change was made.',
    notMade: 'The change was not made.',
    unclear: 'BigV may or may not have made the change.',
    secrets: {
      running:
        'The page was reloaded, and secrets aren’t stored: the CD’s URL contains a password. The plan stops after the shutdown.',
      halted:
        'The page was reloaded, and secrets aren’t stored: the CD’s URL contains a password. Save the CD again in the settings.',
    },
  },
})

/** A written or fetched value, for a sentence. */
function valueText(name: string, value: unknown): string {
  if (name === 'memory' && typeof value === 'number') return formatMib(value)
  if (typeof value === 'boolean') return yesNo(value)
  return value === null || value === undefined ? 'none' : JSON.stringify(value)
}
