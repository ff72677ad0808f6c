import { countOf } from './units.ts'

/** How many machines there are. Deleted ones don't count as machines. */
export interface MachineCounts {
  machines: number
  running: number
  deleted: number
}

export interface Countable {
  power_on: boolean
  deleted?: boolean | null | undefined
}

/** Counts machines, in one way for all pages. */
export function countMachines(vms: readonly Countable[]): MachineCounts {
  const existing = vms.filter(({ deleted }) => !deleted)
  return {
    machines: existing.length,
    running: existing.filter(({ power_on }) => power_on).length,
    deleted: vms.length - existing.length,
  }
}

/** "36 machines", "36 machines plus 3 deleted", "3 deleted machines". */
export function machinesInWords({ machines, deleted }: Pick<MachineCounts, 'machines' | 'deleted'>): string {
  if (deleted === 0) return countOf(machines, 'machine')
  if (machines === 0) return countOf(deleted, 'deleted machine')
  return `${countOf(machines, 'machine')} plus ${deleted} deleted`
}
