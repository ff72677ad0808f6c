import { HIDDEN, redacted } from '../api/redact.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { yesNo } from '../lib/text.ts'
import { formatMib } from '../lib/units.ts'
import { bind, type BoundAction, type WrittenAttribute } from './action.ts'
import { existing, formAction } from './declare.ts'
import { minutes, superseded } from './observation.ts'
import { put } from './requests.ts'

/** The attributes that are written, and no others. */
export type Patch = Readonly<Record<string, unknown>>

/** The params of `change`. */
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
function nameAndGroupAfter({ attributes: { name }, movesTo }: KeptChange) {
  return { ...(typeof name === 'string' && { name }), ...(movesTo !== null && { group: movesTo }) }
}

/** What it writes, beside what the machine reads. */
function attributesOf({ attributes, before }: KeptChange, vm: VirtualMachine): WrittenAttribute[] {
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
  hardware_profile_locked: 'profile lock',
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

export const change = formAction({
  name: 'change',
  label: 'Change',
  inProgress: 'Changing…',
  done: (name) => `${name} changed`,
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
        ([name, value]) => `${name} is ${valueText(redacted(vm[name]))}, not ${valueText(value)}.`,
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
  // A move may show as a machine that is gone from one group, and appears in another.
  accountsFor: (trait, expected) =>
    trait in (expected ?? {}) || ('group_id' in (expected ?? {}) && (trait === 'there' || trait === 'group')),
  powersOff: false,
  mayWaitForRestart: true,
  cli: null,
  guided: {
    title: 'Shut down, change, start',
    done: (name) => `${name} changed and running`,
    verb: 'change',
    startsAgain: true,
    asks: {
      title: (name) => `Shut down ${name}, change it and start it?`,
      explains:
        'Presses the ACPI power button, waits until the machine is off, changes it and starts it again. You can cancel between the steps.',
    },
    keep: keptChange,
    restore: (kept: KeptChange): BoundAction | null => (hasSecret(kept) ? null : bind(change, kept)),
    step: (kept: KeptChange) => `Change ${changesInWords(kept)}`,
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

/** A value as it is shown in a sentence about what was written. */
function valueText(value: unknown): string {
  if (typeof value === 'boolean') return yesNo(value)
  return value === null || value === undefined ? 'none' : JSON.stringify(value)
}
