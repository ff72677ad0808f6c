import type { Disc, VirtualMachine } from '../api/virtual-machine.ts'
import type { Operation } from './operation.ts'

const ABOUT_DISCS = new Set<string>(['add_disc', 'change_disc', 'purge_disc'])
const SEEN_WHOLE = new Set<string>(['backup_disc', 'schedule_backups', 'swap_ips'])
/** On a running machine adding or changing works, but shows after a restart only (API reference, "Discs"). */
const AFTER_RESTART = 'The guest sees it after a restart.'

/** Whether an operation is judged by the machine's discs or NICs, which no list has. */
export function needsDiscs({ action }: Pick<Operation, 'action'>): boolean {
  return ABOUT_DISCS.has(action) || SEEN_WHOLE.has(action)
}

/**
 * Takes an operation and the machine as it was read afterwards, and says what its discs say of the operation; null when it is
 * about no disc. A value that reads otherwise was not taken: BigV drops silently what it does not know. A disc that moves has
 * to be seen at the other machine, too.
 */
export function judgeDisc(
  { action, expects }: Pick<Operation, 'action' | 'expects'>,
  { discs, power_on }: Pick<VirtualMachine, 'discs' | 'power_on'>,
  other?: Pick<VirtualMachine, 'discs' | 'name'>,
): { is: 'done' | 'overtaken'; note: string } | { is: 'waiting' } | null {
  if (!ABOUT_DISCS.has(action)) return null
  if (!discs || expects === null) {
    return { is: 'done', note: 'BigV took it, but does not say which discs the machine has now.' }
  }
  const { id, ...written } = expects
  const disc = discs.find((each) => (id === undefined ? each.label === expects['label'] : each.id === id))
  if (action === 'purge_disc') return disc === undefined ? { is: 'done', note: '' } : { is: 'waiting' }
  if (disc === undefined && 'virtual_machine_id' in written) return arrived(id, other)
  if (disc === undefined) {
    return action === 'add_disc'
      ? { is: 'waiting' }
      : { is: 'overtaken', note: 'The machine has this disc no more.' }
  }
  const others = Object.entries(written).filter(([name, value]) => disc[name] !== value)
  if (others.length > 0) {
    return { is: 'overtaken', note: others.map((other) => notTaken(disc, other)).join(' ') }
  }
  return { is: 'done', note: power_on ? AFTER_RESTART : '' }
}

function arrived(id: unknown, other: Pick<VirtualMachine, 'discs' | 'name'> | undefined) {
  if (!other?.discs) {
    return { is: 'done', note: 'It has left; BigV does not say which discs the other machine has.' } as const
  }
  return other.discs.some((disc) => disc.id === id)
    ? ({ is: 'done', note: `${other.name} has it now.` } as const)
    : ({ is: 'waiting' } as const)
}

function notTaken(disc: Disc, [name, value]: [string, unknown]): string {
  const unit = name === 'size' ? ' MiB' : ''
  return `${name} of ${disc.label} reads ${shown(disc[name])}${unit}, not the ${shown(value)}${unit} that was written: BigV took the request, but not this.`
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'nothing'
}
