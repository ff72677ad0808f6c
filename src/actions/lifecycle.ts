import { apiPath, withQuery } from '../api/path.ts'
import { machinesPath } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'
import { onServer } from './cli.ts'
import { CREATING, formAction, newMachineAction, powerCut, simpleAction, switchedOff } from './declare.ts'
import { done, everything, minutes, power } from './observation.ts'
import { post, put, type PlannedRequest } from './requests.ts'

/** The body of `POST reimage` (docs/bigv-api.md#reimage). The last two fields are for Linux only (official documentation). */
export interface ImageInstall {
  distribution: string
  root_password?: string
  ssh_public_key?: string
  firstboot_script?: string
}

/**
 * The body of `POST vm_create`: a machine with its discs, system and addresses (docs/bigv-api.md#creation and
 * #13-traffic-of-the-official-client). Sizes in MiB.
 */
export interface CreateBundle {
  virtual_machine: {
    name: string
    cores: number
    memory: number
    hardware_profile?: string
    /** True if BigV must not upgrade the profile automatically. */
    hardware_profile_locked?: boolean
    /** This attribute can only be set at creation. */
    zone_name?: string
    keymap?: string
    cdrom_url?: string
    power_on: boolean
    autoreboot_on: boolean
  }
  discs?: { label: string; size: number; storage_grade: string }[]
  reimage?: ImageInstall
  /** Addresses can only be chosen in a private VLAN. */
  ips?: { ipv4?: string; ipv6?: string }
}

/** A machine to create. `password`: a generated root password, to be shown once. */
export interface NewMachine {
  bundle: CreateBundle
  password: string | null
}

export const create = newMachineAction({
  name: 'create',
  label: 'Create',
  inProgress: 'Creating…',
  done: (name) => `${name} created`,
  doneMany: (count) => `${count} machines created`,
  // A deleted machine keeps its name until it is purged (docs/bigv-api.md#delete-undelete-purge).
  disabledReason(holder) {
    if (holder === null) return null
    return holder.vm.deleted ? 'A deleted machine keeps this name until you purge it.' : 'That name is taken.'
  },
  requests: (ref, bundle: CreateBundle) => [createRequest(ref, bundle)],
  /** The expected `power_on`; null in operations stored by earlier versions. */
  expects: ({ virtual_machine: { power_on } }): { power_on: boolean } | null => ({ power_on }),
  watch: {
    overdueAfter: minutes(15),
    isDone: ({ vm, creating, expected }) => !creating && (vm.power_on || expected?.power_on === false),
  },
  appearsWithin: minutes(1),
  needsDetail: true,
  cli: null,
})

/** The request that creates the machine: vm_create, or a plain POST for a machine without discs, system and addresses. */
export function createRequest(ref: GroupRef, bundle: CreateBundle): PlannedRequest {
  const { virtual_machine, discs = [], ...others } = bundle
  const isBare = discs.length === 0 && Object.keys(others).length === 0
  return isBare
    ? post(machinesPath(ref), virtual_machine)
    : post(apiPath('accounts', ref.account, 'groups', ref.group, 'vm_create'), bundle)
}

/** Not called `delete`, which is a reserved word. */
export const remove = simpleAction({
  name: 'delete',
  urgent: true,
  label: 'Delete',
  inProgress: 'Deleting…',
  done: (name) => `${name} deleted; you can undelete it`,
  menu: 'machine',
  confirmation: 'dialog',
  loses: 'data',
  loss: powerCut,
  alsoStarts: false,
  explains:
    'Powers the machine off at once and hides it. You can undelete it for 28 days, according to Bytemark’s help. It keeps its name and addresses until purged.',
  disabledReason: ({ vm, creating }) => (vm.deleted ? 'Already deleted.' : creating ? CREATING : null),
  requests: ({ path }) => [{ method: 'DELETE', path }],
  watch: {
    overdueAfter: minutes(1),
    isDone: ({ vm }) => vm.deleted === true,
  },
  isAchieved: (vm) => vm?.deleted === true,
  accountsFor: (part) => power(part) || part === 'deleted' || part === 'there',
  powersOff: true,
  onDeleted: true,
  undo: () => undelete,
  cli: onServer('delete server'),
  bulk: { skippedText: 'already deleted' },
})

export const undelete = simpleAction({
  name: 'undelete',
  label: 'Undelete',
  inProgress: 'Undeleting…',
  done: (name) => `${name} undeleted; it is off`,
  doneMany: (count) => `${count} machines undeleted; they are off`,
  menu: 'machine',
  confirmation: 'none',
  loses: 'nothing',
  alsoStarts: false,
  explains: 'Brings the machine back as it was, but off.',
  disabledReason: ({ vm }) => (vm.deleted ? null : 'Not deleted.'),
  requests: ({ path }) => [put(path, { deleted: false })],
  watch: {
    overdueAfter: minutes(1),
    isDone: ({ vm }) => vm.deleted !== true,
  },
  isAchieved: (vm) => vm !== null && vm.deleted !== true,
  accountsFor: (part) => power(part) || part === 'deleted' || part === 'there',
  powersOff: false,
  onDeleted: true,
  cli: onServer('restore server'),
  bulk: {
    explains: 'Brings each machine back as it was, but off.',
    skippedText: 'not deleted',
  },
})

export const purge = simpleAction({
  name: 'purge',
  urgent: true,
  label: 'Purge',
  inProgress: 'Purging…',
  done: (name) => `${name} purged`,
  doneMany: (count) => `${count} machines purged`,
  menu: 'machine',
  confirmation: 'name',
  loses: 'data',
  loss: () => 'The machine and all its discs are gone for good.',
  alsoStarts: false,
  explains: 'Its addresses and its name become free. You can’t undo this.',
  disabledReason: () => null,
  requests: ({ path }) => [{ method: 'DELETE', path: withQuery(path, { purge: true }) }],
  watch: {
    overdueAfter: minutes(1),
    isDone: () => false,
  },
  whenGone: () => done(),
  isAchieved: (vm) => vm === null,
  accountsFor: (part) => part === 'deleted' || part === 'there',
  powersOff: true,
  onDeleted: true,
  cli: onServer('delete server --purge'),
  bulk: {},
})

export const reimage = formAction({
  name: 'reimage',
  label: 'Re-image',
  inProgress: 'Re-imaging…',
  done: (name) => `${name} re-imaged and running`,
  menu: null,
  loses: 'data',
  loss: () => 'Everything on its first disc is erased.',
  // BigV only re-images a machine that is off (docs/bigv-api.md#reimage).
  disabledReason: switchedOff('re-image it'),
  requests: ({ path }, image: ImageInstall) => [post(path + apiPath('reimage'), image)],
  watch: {
    overdueAfter: minutes(15),
    // A re-image leaves automatic restart off (docs/bigv-api.md#reimage).
    isDone: ({ vm }) =>
      vm.power_on && done(vm.autoreboot_on ? '' : 'The machine no longer restarts automatically.'),
  },
  accountsFor: everything,
  powersOff: true,
  cli: null,
  guided: {
    title: 'Shut down, re-image',
    done: (name) => `${name} re-imaged and running`,
    verb: 're-image',
    startsAgain: false,
    serialize: ({ distribution }) => ({ distribution }),
    restore: () => null,
    step: ({ distribution }: { distribution?: string }) => `Re-image with ${distribution}`,
    made: 'The machine was re-imaged.',
    notMade: 'The machine was not re-imaged: its discs are unchanged.',
    unclear: 'BigV may or may not have re-imaged the machine: its first disc may be erased.',
    secrets: {
      running:
        'The page was reloaded, and secrets aren’t stored. After the shutdown, the plan waits until you re-enter the password, keys and script.',
      halted:
        'The page was reloaded, and secrets aren’t stored. Re-enter the password, keys and script to continue.',
      reenter: 'Choose another image',
    },
  },
})
