import type { Disc, VirtualMachine } from '../api/virtual-machine.ts'
import type { Operation } from './operation.ts'

const ABOUT_DISCS = new Set<string>(['add_disc', 'change_disc', 'purge_disc'])
/** On a running machine adding or changing works, but shows after a restart only (API reference, "Discs"). */
const AFTER_RESTART = 'The guest sees it after a restart.'

/** Whether an operation is done when the machine's discs are read as they were written. */
export function isAboutDisc({ action }: Pick<Operation, 'action'>): boolean {
  return ABOUT_DISCS.has(action)
}

/**
 * Takes an operation and the machine as it was read afterwards, and says what its discs say of the operation; null when it is
 * about no disc. A value that reads otherwise was not taken: BigV drops silently what it does not know.
 */
export function judgeDisc(
  { action, expects }: Pick<Operation, 'action' | 'expects'>,
  { discs, power_on }: Pick<VirtualMachine, 'discs' | 'power_on'>,
): { is: 'done' | 'overtaken'; note: string } | { is: 'waiting' } | null {
  if (!ABOUT_DISCS.has(action)) return null
  if (!discs || expects === null) {
    return { is: 'done', note: 'BigV took it, but does not say which discs the machine has now.' }
  }
  const { id, ...written } = expects
  const disc = discs.find((each) => (id === undefined ? each.label === expects['label'] : each.id === id))
  if (action === 'purge_disc') return disc === undefined ? { is: 'done', note: '' } : { is: 'waiting' }
  // Moved to another machine: that it is no longer here is what this reading can say.
  if (disc === undefined && 'virtual_machine_id' in written) return { is: 'done', note: '' }
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

function notTaken(disc: Disc, [name, value]: [string, unknown]): string {
  const unit = name === 'size' ? ' MiB' : ''
  return `${name} of ${disc.label} reads ${shown(disc[name])}${unit}, not the ${shown(value)}${unit} that was written: BigV took the request, but not this.`
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'nothing'
}
