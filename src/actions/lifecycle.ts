import { apiPath, withQuery } from '../api/path.ts'
import { HIDDEN, redacted } from '../api/redact.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { yesNo } from '../lib/text.ts'
import { formatMib } from '../lib/units.ts'
import { bind, type BoundAction, type WrittenAttribute } from './action.ts'
import { onServer } from './cli.ts'
import {
  CREATING,
  done,
  everything,
  existing,
  formAction,
  minutes,
  post,
  power,
  put,
  simpleAction,
  superseded,
  switchedOff,
  valueText,
} from './helpers.ts'

/** Not `delete`, which is a word of the language. */
export const remove = simpleAction({
  name: 'delete',
  label: 'Delete',
  inProgress: 'Deleting…',
  done: 'is deleted; it can be restored',
  menu: 'machine',
  asks: 'to confirm',
  loses: 'data',
  alsoStarts: false,
  explains:
    'Takes it down, without asking the guest, and hides it. It can be restored for a time that BigV does not publish; until it is purged it holds its name and addresses.',
  disabledReason: ({ vm, creating }) => (vm.deleted ? 'It is deleted already.' : creating ? CREATING : null),
  requests: ({ path }) => [{ method: 'DELETE', path }],
  watch: {
    overdueAfter: minutes(1),
    isDone: ({ vm }) => vm.deleted === true,
  },
  isAchieved: (vm) => vm?.deleted === true,
  accountsFor: (trait) => power(trait) || trait === 'deleted' || trait === 'there',
  powersOff: true,
  onDeleted: true,
  undo: () => undelete,
  cli: onServer('delete server'),
  bulk: { alreadySo: (one) => `${one ? 'is' : 'are'} deleted already` },
})

export const undelete = simpleAction({
  name: 'undelete',
  label: 'Restore',
  inProgress: 'Restoring…',
  done: 'is restored; it is off',
  menu: 'machine',
  asks: 'nothing',
  loses: 'nothing',
  alsoStarts: false,
  explains: 'It comes back as it was, and is off.',
  disabledReason: ({ vm }) => (vm.deleted ? null : 'It is not deleted.'),
  requests: ({ path }) => [put(path, { deleted: false })],
  watch: {
    overdueAfter: minutes(1),
    isDone: ({ vm }) => vm.deleted !== true,
  },
  isAchieved: (vm) => vm !== null && vm.deleted !== true,
  accountsFor: (trait) => power(trait) || trait === 'deleted' || trait === 'there',
  powersOff: false,
  onDeleted: true,
  cli: onServer('restore server'),
  bulk: {
    explains: 'Each machine comes back as it was, and is off.',
    alreadySo: (one) => `${one ? 'is' : 'are'} not deleted`,
  },
})

export const purge = simpleAction({
  name: 'purge',
  label: 'Purge',
  inProgress: 'Purging…',
  done: 'is gone for good',
  menu: 'machine',
  asks: 'for the name',
  loses: 'data',
  alsoStarts: false,
  explains:
    'Removes it for good: the data on all its discs is lost, its addresses go back to the pool, and its name is free again. This cannot be undone.',
  disabledReason: () => null,
  requests: ({ path }) => [{ method: 'DELETE', path: withQuery(path, { purge: true }) }],
  watch: {
    overdueAfter: minutes(1),
    isDone: () => false,
  },
  whenGone: () => done(),
  isAchieved: (vm) => vm === null,
  accountsFor: (trait) => trait === 'deleted' || trait === 'there',
  powersOff: true,
  onDeleted: true,
  cli: onServer('delete server --purge'),
  bulk: {},
})

/** What `POST reimage` takes (docs/bigv-api.md#reimage); the last two for Linux only (official documentation). */
export interface ImageInstall {
  distribution: string
  root_password?: string
  ssh_public_key?: string
  firstboot_script?: string
}

export const reimage = formAction({
  name: 'reimage',
  label: 'Re-image',
  inProgress: 'Re-imaging…',
  done: 'was re-imaged and is running',
  menu: null,
  loses: 'data',
  // Only against a machine that is powered off (docs/bigv-api.md#reimage).
  disabledReason: switchedOff('re-image it'),
  requests: ({ path }, image: ImageInstall) => [post(path + apiPath('reimage'), image)],
  watch: {
    overdueAfter: minutes(15),
    // What a re-image leaves behind (docs/bigv-api.md#reimage).
    isDone: ({ vm }) => vm.power_on && done(vm.autoreboot_on ? '' : 'autoreboot_on is off now.'),
  },
  accountsFor: everything,
  powersOff: true,
  cli: null,
  guided: {
    title: 'Shut down, re-image',
    done: 'was re-imaged and is running',
    verb: 're-image',
    startsAgain: false,
    keep: ({ distribution }) => ({ distribution }),
    restore: () => null,
    step: ({ distribution }: { distribution?: string }) => `Re-image with ${distribution}`,
    made: 'It was re-imaged.',
    notMade: 'It was not re-imaged: its discs are as they were.',
    unclear: 'Whether it was re-imaged is not known: its first disc may be erased.',
    secrets: {
      running:
        'The page was loaded anew meanwhile: the password, the keys and the script are kept nowhere. It cannot go on past the shutdown until they are given again.',
      halted:
        'The page was loaded anew meanwhile: the password, the keys and the script are kept nowhere, so they have to be given again.',
      reenter: 'Change what is installed',
    },
  },
})

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

export const change = formAction({
  name: 'change',
  label: 'Change',
  inProgress: 'Changing…',
  done: 'was changed',
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
          `${name} reads ${valueText(redacted(vm[name]))}, not the ${valueText(value)} that was written.`,
      )
      return superseded(sentences.join(' '))
    },
  },
  whenGone: (expected) =>
    superseded(
      expected?.['group_id'] === undefined
        ? 'BigV no longer shows it: it is gone, or not yours to see.'
        : 'It has left this group; its arrival in the other was not seen.',
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
    done: 'was changed and is running',
    verb: 'change',
    startsAgain: true,
    asks: {
      title: (name) => `Shut down ${name}, change it and start it?`,
      explains:
        'Presses the ACPI power button, waits until the machine is seen off, changes it, and starts it again. Each step is shown, and it can be stopped between them.',
    },
    keep: keptChange,
    restore: (kept: KeptChange): BoundAction | null => (hasSecret(kept) ? null : bind(change, kept)),
    step: (kept: KeptChange) => `Change ${changesInWords(kept)}`,
    changes: changesInWords,
    attributes: attributesOf,
    movesTo: nameAndGroupAfter,
    made: 'The change is made.',
    notMade: 'The change is not made.',
    unclear: 'Whether the change is made is not known.',
    secrets: {
      running:
        'The page was loaded anew meanwhile: the CD’s URL has a password in it, which is kept nowhere. It cannot go on past the shutdown.',
      halted:
        'The page was loaded anew meanwhile: the CD’s URL has a password in it, which is kept nowhere. Save the CD again in the settings.',
    },
  },
})
