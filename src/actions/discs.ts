import { apiPath, withQuery } from '../api/path.ts'
import type { Disc, MachineData, VirtualMachine } from '../api/virtual-machines.ts'
import { formatMib } from '../lib/units.ts'
import { word } from './cli.ts'
import { existing, formAction, pairAction } from './declare.ts'
import { discs, done, minutes, superseded, type Finding } from './observation.ts'
import { post, put, type OtherTarget } from './requests.ts'

/** Up to 8 discs per machine (docs/bigv-api.md#8-discs). */
export const MOST_DISCS = 8
const MOST = 'already has 8 of 8 discs.'
export const GONE = superseded('The machine no longer has this disc.')
const NOT_LISTED = done(
  'BigV accepted the request, but its answer doesn’t list the discs, so the change couldn’t be confirmed.',
)

/** The attributes of a disc to write; sizes in MiB. */
export type DiscAttributes = Readonly<Record<string, unknown>>

export interface OfDisc {
  id: number
}

/** Fields that all actions on a disc share. */
export const onDisc = {
  inProgress: null,
  menu: null,
  powersOff: false,
  needsDetail: true,
} as const

export const addDisc = formAction({
  ...onDisc,
  name: 'add_disc',
  label: 'Add disc',
  done: (name) => `Disc added to ${name}`,
  loses: 'nothing',
  // While a machine is deleted, its discs and NICs can't be changed (docs/bigv-api.md#delete-undelete-purge).
  disabledReason: existing((vm) => ((vm.discs?.length ?? 0) >= MOST_DISCS ? `The machine ${MOST}` : null)),
  requests: ({ path }, attributes: DiscAttributes) => [post(path + apiPath('discs'), attributes)],
  expects: (attributes) => attributes,
  watch: {
    overdueAfter: minutes(1),
    isDone({ vm, expected }) {
      if (!vm.discs) return NOT_LISTED
      const disc = vm.discs.find(({ label }) => label === expected['label'])
      return disc !== undefined && asWritten(disc, expected, vm)
    },
  },
  isShown: (vm, expected) =>
    vm.discs?.some((disc) => disc.label === expected['label'] && valuesNotIn(disc, expected).length === 0) ??
    false,
  accountsFor: discs,
  cli({ server, body: { label, storage_grade, size } }) {
    const parts = [word(label), word(storage_grade), word(size)]
    const spec = parts.some((part) => part === null || part.includes(':')) ? null : `${parts.join(':')}M`
    return ['add', 'discs', '--disc', spec, server]
  },
})

export const changeDisc = formAction({
  ...onDisc,
  name: 'change_disc',
  label: 'Change disc',
  done: (name) => `Disc of ${name} changed`,
  loses: 'nothing',
  disabledReason: existing(),
  requests: ({ path }, { id, attributes }: OfDisc & { attributes: DiscAttributes }) => [
    put(discPath(path, id), attributes),
  ],
  expects: ({ id, attributes }): DiscAttributes => ({ id, ...attributes }),
  watch: {
    overdueAfter: minutes(1),
    isDone({ vm, expected: { id, ...written } }) {
      if (!vm.discs) return NOT_LISTED
      const disc = discOf(vm, id)
      return disc === undefined ? GONE : asWritten(disc, written, vm)
    },
  },
  isShown(vm, { id, ...written }) {
    const disc = discOf(vm, id)
    return disc !== undefined && valuesNotIn(disc, written).length === 0
  },
  decidedOn: (vm, { id }) => shownOf(vm, id),
  accountsFor: discs,
  cli({ server, disc, body }) {
    const [name, ...more] = Object.keys(body)
    if (name !== 'size' || more.length > 0) return null
    return ['update', 'disc', server, disc, '--new-size', `${word(body['size'])}M`]
  },
})

export const moveDisc = pairAction({
  ...onDisc,
  name: 'move_disc',
  label: 'Move disc',
  done: (name) => `Disc of ${name} moved`,
  loses: 'nothing',
  disabledReason: existing(sourceProblem),
  requests: ({ path }, { id, to }: OfDisc & { to: OtherTarget }) => [
    put(discPath(path, id), { virtual_machine_id: to.id }),
  ],
  expects: ({ id, to }): DiscAttributes => ({ id, virtual_machine_id: to.id }),
  watch: {
    overdueAfter: minutes(1),
    isDone({ vm, other, expected: { id, ...written } }) {
      if (!vm.discs) return NOT_LISTED
      const disc = discOf(vm, id)
      return disc === undefined ? arrived(id, other) : asWritten(disc, written, vm)
    },
  },
  isShown: (vm, { id, virtual_machine_id }) => vm.id === virtual_machine_id && discOf(vm, id) !== undefined,
  decidedOn: (vm, { id }) => shownOf(vm, id),
  accountsFor: discs,
  other: {
    of: ({ to }) => to,
    disabledReason(other, { vm }, { id }) {
      const disc = discOf(vm, id)
      return disc ? (sourceProblem(vm) ?? targetProblem(disc, other)) : 'The machine no longer has this disc.'
    },
    unansweredText(found, other) {
      if (found === false) return 'The disc wasn’t found on either machine.'
      return found === true || found.is === 'done'
        ? `The disc is now on ${other.name}.`
        : 'The disc is still where it was.'
    },
  },
  cli: ({ server, disc, other }) => ['update', 'disc', server, disc, '--new-server', other],
})

export const purgeDisc = formAction({
  ...onDisc,
  name: 'purge_disc',
  label: 'Purge disc',
  done: (name) => `Disc of ${name} purged`,
  loses: 'data',
  disabledReason: existing(),
  // Without purge=true BigV answers 500 (docs/bigv-api.md#8-discs).
  requests: ({ path }, { id }: OfDisc) => [
    { method: 'DELETE', path: withQuery(discPath(path, id), { purge: true }) },
  ],
  expects: ({ id }) => ({ id }),
  watch: {
    overdueAfter: minutes(1),
    isDone: ({ vm, expected: { id } }) => (vm.discs ? discOf(vm, id) === undefined : NOT_LISTED),
  },
  decidedOn: (vm, { id }) => shownOf(vm, id),
  accountsFor: discs,
  cli: ({ disc }) => ['delete', 'disc', '--id', disc],
})

/** Why a disc can't be moved to another machine, or null if it can. Both machines must be off (docs/bigv-api.md#8-discs). */
export function sourceProblem({
  power_on,
  autoreboot_on,
}: Pick<VirtualMachine, 'power_on' | 'autoreboot_on'>): string | null {
  if (power_on) return 'The machine is running. Shut it down before you move a disc to another machine.'
  return autoreboot_on
    ? 'BigV is turning the machine back on. Force stop it before you move a disc to another machine.'
    : null
}

/** Why a disc can't go to this machine, or null. */
export function targetProblem(disc: Disc, { vm, creating }: MachineData): string | null {
  if (vm.deleted) return `${vm.name} is deleted.`
  if (creating) return `${vm.name} is still being created.`
  if (vm.power_on) return `${vm.name} is running. Shut it down first.`
  if (vm.autoreboot_on) return `BigV is turning ${vm.name} back on. Force stop it first.`
  const discs = vm.discs ?? []
  if (discs.length >= MOST_DISCS) return `${vm.name} ${MOST}`
  const taken = discs.some(({ label }) => label === disc.label)
  return taken ? `${vm.name} already has a disc called ${disc.label}. Rename this one first.` : null
}

export function discPath(path: string, id: number): string {
  return path + apiPath('discs', id)
}

export function discOf({ discs }: Pick<VirtualMachine, 'discs'>, id: unknown): Disc | undefined {
  return discs?.find((disc) => disc.id === id)
}

/** The values of a disc as its form showed them. */
export function shownOf(vm: VirtualMachine, id: number): unknown {
  const { label, size, storage_grade } = discOf(vm, id) ?? {}
  return { label, size, storage_grade }
}

/** Adding or changing a disc works on a running machine, but the guest sees it only after a restart (docs/bigv-api.md#8-discs). */
function asWritten(disc: Disc, written: DiscAttributes, { power_on }: VirtualMachine): Finding {
  const others = valuesNotIn(disc, written)
  if (others.length === 0) return power_on ? done('The guest sees it after a restart.') : true
  return superseded(others.map((other) => ignoredValue(disc, other)).join(' '))
}

function valuesNotIn(disc: Disc, written: DiscAttributes): [string, unknown][] {
  return Object.entries(written).filter(([name, value]) => disc[name] !== value)
}

/** A move is only done once the other machine has the disc. */
function arrived(id: unknown, other: VirtualMachine | undefined): Finding {
  if (!other?.discs) return done('The disc has left this machine. The other machine’s discs aren’t known.')
  return discOf(other, id) ? done(`The disc is now on ${other.name}.`) : false
}

function ignoredValue(disc: Disc, [name, value]: [string, unknown]): string {
  return `BigV accepted the request, but the ${NAMES[name] ?? name} of ${disc.label} is ${shown(name, disc[name])}, not ${shown(name, value)}.`
}

const NAMES: Readonly<Record<string, string>> = {
  storage_grade: 'storage grade',
  virtual_machine_id: 'machine id',
}

function shown(name: string, value: unknown): string {
  if (name === 'size' && typeof value === 'number') return formatMib(value)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'nothing'
}
