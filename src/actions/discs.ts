import { schedulesOf } from '../api/backups.ts'
import { apiPath, withQuery } from '../api/path.ts'
import type { Disc, MachineData, VirtualMachine } from '../api/virtual-machines.ts'
import { formAction, pairAction, type Finding, type OtherTarget } from './action.ts'
import { word } from './cli.ts'
import { discs, done, existing, minutes, nothing, post, put, superseded } from './helpers.ts'

/** Up to 8 discs per machine (API reference, "Discs"). */
export const MOST_DISCS = 8
const MOST = 'eight discs already, which is the most.'
const GONE = superseded('The machine has this disc no more.')
const NOT_TOLD = done('BigV took it, but does not say which discs the machine has now.')

/** What is written of a disc; sizes in MiB. */
export type DiscAttributes = Readonly<Record<string, unknown>>

interface OfDisc {
  id: number
}

const common = {
  inProgress: null,
  powersOff: false,
  needsDetail: true,
} as const

export const addDisc = formAction({
  ...common,
  name: 'add_disc',
  label: 'Add disc',
  done: 'has a new disc',
  loses: 'nothing',
  // While it is deleted, its discs and NICs cannot be changed (API reference, "Delete, undelete, purge").
  disabledReason: existing((vm) => ((vm.discs?.length ?? 0) >= MOST_DISCS ? `It has ${MOST}` : null)),
  requests: ({ path }, attributes: DiscAttributes) => [post(path + apiPath('discs'), attributes)],
  expects: (attributes) => attributes,
  watch: {
    overdueAfter: minutes(1),
    isDone({ vm, expected }) {
      if (!vm.discs) return NOT_TOLD
      const disc = vm.discs.find(({ label }) => label === expected['label'])
      return disc !== undefined && asWritten(disc, expected, vm)
    },
  },
  accountsFor: discs,
  cli({ server, body: { label, storage_grade, size } }) {
    const parts = [word(label), word(storage_grade), word(size)]
    const spec = parts.some((part) => part === null || part.includes(':')) ? null : `${parts.join(':')}M`
    return ['add', 'discs', '--disc', spec, server]
  },
})

export const changeDisc = formAction({
  ...common,
  name: 'change_disc',
  label: 'Change disc',
  done: 'has its disc changed',
  loses: 'nothing',
  disabledReason: existing(),
  requests: ({ path }, { id, attributes }: OfDisc & { attributes: DiscAttributes }) => [
    put(discPath(path, id), attributes),
  ],
  expects: ({ id, attributes }): DiscAttributes => ({ id, ...attributes }),
  watch: {
    overdueAfter: minutes(1),
    isDone({ vm, expected: { id, ...written } }) {
      if (!vm.discs) return NOT_TOLD
      const disc = discOf(vm, id)
      return disc === undefined ? GONE : asWritten(disc, written, vm)
    },
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
  ...common,
  name: 'move_disc',
  label: 'Move disc',
  done: 'has its disc changed',
  loses: 'nothing',
  disabledReason: existing(sourceProblem),
  requests: ({ path }, { id, to }: OfDisc & { to: OtherTarget }) => [
    put(discPath(path, id), { virtual_machine_id: to.id }),
  ],
  expects: ({ id, to }): DiscAttributes => ({ id, virtual_machine_id: to.id }),
  watch: {
    overdueAfter: minutes(1),
    isDone({ vm, other, expected: { id, ...written } }) {
      if (!vm.discs) return NOT_TOLD
      const disc = discOf(vm, id)
      return disc === undefined ? arrived(id, other) : asWritten(disc, written, vm)
    },
  },
  decidedOn: (vm, { id }) => shownOf(vm, id),
  accountsFor: discs,
  other: {
    of: ({ to }) => to,
    disabledReason(other, { vm }, { id }) {
      const disc = discOf(vm, id)
      return disc ? (sourceProblem(vm) ?? targetProblem(disc, other)) : 'It has this disc no more.'
    },
    saysUnanswered(found, other) {
      if (found === false) return 'The disc is at neither of them.'
      return found === true || found.is === 'done'
        ? `It has been done: the disc is at ${other.name}.`
        : 'The disc is still here.'
    },
  },
  cli: ({ server, disc, other }) => ['update', 'disc', server, disc, '--new-server', other],
})

export const purgeDisc = formAction({
  ...common,
  name: 'purge_disc',
  label: 'Purge disc',
  done: 'has a disc less',
  loses: 'data',
  disabledReason: existing(),
  // Without purge=true BigV answers 500 (API reference, "Discs").
  requests: ({ path }, { id }: OfDisc) => [
    { method: 'DELETE', path: withQuery(discPath(path, id), { purge: true }) },
  ],
  expects: ({ id }) => ({ id }),
  watch: {
    overdueAfter: minutes(1),
    isDone: ({ vm, expected: { id } }) => (vm.discs ? discOf(vm, id) === undefined : NOT_TOLD),
  },
  decidedOn: (vm, { id }) => shownOf(vm, id),
  accountsFor: discs,
  cli: ({ disc }) => ['delete', 'disc', '--id', disc],
})

export const backUpDisc = formAction({
  ...common,
  name: 'backup_disc',
  label: 'Back up disc',
  done: 'has a new backup',
  loses: 'nothing',
  disabledReason: existing(),
  requests: ({ path }, { id }: OfDisc) => [post(discPath(path, id) + apiPath('backups'), {})],
  /** How many backups a disc has is told by newer brains only (API reference, "Discs"). */
  expects: ({ id }, vm): { id: number; backup_count: number | null } => {
    const count = discOf(vm, id)?.['backup_count']
    return { id, backup_count: typeof count === 'number' ? count + 1 : null }
  },
  watch: {
    overdueAfter: minutes(1),
    isDone({ vm, expected: { id, backup_count } }) {
      const disc = discOf(vm, id)
      if (vm.discs && disc === undefined) return GONE
      const count = disc?.['backup_count']
      return typeof count === 'number' && backup_count !== null
        ? count >= backup_count
        : done('BigV took it, but does not say how many backups the disc has.')
    },
  },
  decidedOn: (vm, { id }) => shownOf(vm, id),
  accountsFor: nothing,
  cli: ({ server, disc }) => ['backup', 'disc', server, disc],
})

export interface BackupSchedule {
  start_at: string
  interval_seconds: number
  capacity: number
}

export const scheduleBackups = formAction({
  ...common,
  name: 'schedule_backups',
  label: 'Schedule backups',
  done: 'has a new schedule of backups',
  loses: 'nothing',
  disabledReason: existing(),
  requests: ({ path }, { id, schedule }: OfDisc & { schedule: BackupSchedule }) => [
    post(discPath(path, id) + apiPath('backup_schedules'), schedule),
  ],
  expects: ({ id, schedule }) => ({ id, ...schedule }),
  watch: {
    overdueAfter: minutes(1),
    isDone({ vm, expected }) {
      const disc = discOf(vm, expected.id)
      if (vm.discs && disc === undefined) return GONE
      const schedules = disc && schedulesOf(disc)
      if (!schedules) return done('BigV took it, but does not say which schedules there are.')
      // How BigV writes the time is its own affair.
      return schedules.some(
        ({ interval_seconds, capacity }) =>
          interval_seconds === expected.interval_seconds && (capacity ?? 0) === expected.capacity,
      )
    },
  },
  decidedOn: (vm, { id }) => shownOf(vm, id),
  accountsFor: nothing,
  // The client has no word for how many are kept, and sends 0.
  cli: ({ server, disc, body }) =>
    body['capacity'] === 0
      ? [
          'schedule',
          'backups',
          '--start',
          word(body['start_at']),
          server,
          disc,
          word(body['interval_seconds']),
        ]
      : null,
})

/** Why a disc cannot leave its machine, or null: both machines must be off (API reference, "Discs"). */
export function sourceProblem({
  power_on,
  autoreboot_on,
}: Pick<VirtualMachine, 'power_on' | 'autoreboot_on'>): string | null {
  if (power_on) return 'It is running. Shut it down to move a disc away.'
  return autoreboot_on ? 'BigV is turning it on again. Stop it to move a disc away.' : null
}

/** Why a disc cannot go to this machine, or null. */
export function targetProblem(disc: Disc, { vm, creating }: MachineData): string | null {
  if (vm.deleted) return `${vm.name} is deleted.`
  if (creating) return `${vm.name} is still being created.`
  if (vm.power_on) return `${vm.name} is running. Shut it down first.`
  if (vm.autoreboot_on) return `BigV is turning ${vm.name} on again. Stop it first.`
  const discs = vm.discs ?? []
  if (discs.length >= MOST_DISCS) return `${vm.name} has ${MOST}`
  const taken = discs.some(({ label }) => label === disc.label)
  return taken ? `${vm.name} has a disc called ${disc.label} already. Rename this one first.` : null
}

function discPath(path: string, id: number): string {
  return path + apiPath('discs', id)
}

function discOf({ discs }: Pick<VirtualMachine, 'discs'>, id: unknown): Disc | undefined {
  return discs?.find((disc) => disc.id === id)
}

/** What a form has shown of a disc. */
function shownOf(vm: VirtualMachine, id: number): unknown {
  const { label, size, storage_grade } = discOf(vm, id) ?? {}
  return { label, size, storage_grade }
}

/** On a running machine adding or changing works, but shows after a restart only (API reference, "Discs"). */
function asWritten(disc: Disc, written: DiscAttributes, { power_on }: VirtualMachine): Finding {
  const others = Object.entries(written).filter(([name, value]) => disc[name] !== value)
  if (others.length === 0) return power_on ? done('The guest sees it after a restart.') : true
  return superseded(others.map((other) => notTaken(disc, other)).join(' '))
}

/** A disc that moves has to be seen at the other machine, too. */
function arrived(id: unknown, other: VirtualMachine | undefined): Finding {
  if (!other?.discs) return done('It has left; BigV does not say which discs the other machine has.')
  return discOf(other, id) ? done(`${other.name} has it now.`) : false
}

function notTaken(disc: Disc, [name, value]: [string, unknown]): string {
  const unit = name === 'size' ? ' MiB' : ''
  return `${name} of ${disc.label} reads ${shown(disc[name])}${unit}, not the ${shown(value)}${unit} that was written: BigV took the request, but not this.`
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'nothing'
}
