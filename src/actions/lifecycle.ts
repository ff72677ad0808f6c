import { apiPath, withQuery } from '../api/path.ts'
import { redacted } from '../api/redact.ts'
import { formAction, simpleAction } from './action.ts'
import { onServer } from './cli.ts'
import {
  CREATING,
  done,
  everything,
  existing,
  minutes,
  post,
  power,
  put,
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
    step: ({ distribution }) => `Re-image${distribution === null ? '' : ` with ${distribution}`}`,
    verb: 're-image',
    done: 'was re-imaged and is running',
    startsAgain: false,
    made: 'It was re-imaged.',
    notMade: 'It was not re-imaged: its discs are as they were.',
    unclear: 'Whether it was re-imaged is not known: its first disc may be erased.',
    forgotten: 'The page was loaded anew meanwhile: the password, the keys and the script are kept nowhere',
  },
})

/** The attributes that change, and no others. */
export type Patch = Readonly<Record<string, unknown>>

export const change = formAction({
  name: 'change',
  label: 'Change',
  inProgress: 'Changing…',
  done: 'was changed',
  loses: 'nothing',
  disabledReason: existing(),
  requests: ({ path }, patch: Patch) => [put(path, patch)],
  expects: (patch): Patch =>
    Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, redacted(value)])),
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
  decidedOn: (vm, patch) => Object.keys(patch).map((name) => vm[name] ?? null),
  // A move may show as a machine that is gone from one group, and appears in another.
  accountsFor: (trait, expected) =>
    trait in (expected ?? {}) || ('group_id' in (expected ?? {}) && (trait === 'there' || trait === 'group')),
  powersOff: false,
  mayWaitForRestart: true,
  cli: null,
  guided: {
    title: 'Shut down, change, start',
    step: ({ changes }) => `Change ${changes}`,
    verb: 'change',
    done: 'was changed and is running',
    startsAgain: true,
    made: 'The change is made.',
    notMade: 'The change is not made.',
    unclear: 'Whether the change is made is not known.',
    forgotten: 'The page was loaded anew meanwhile: the CD’s URL has a password in it, which is kept nowhere',
  },
})
