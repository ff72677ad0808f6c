import type { AccountOverview, MachineInAccount } from '../../api/accounts.ts'
import { countMachines } from '../../lib/machine-counts.ts'
import { compareNatural } from '../../lib/names.ts'

/** Counts of machines, running machines and cores; memory and discs in MiB. */
export interface Totals {
  machines: number
  running: number
  deleted: number
  cores: number
  memory: number
  disc: number
  /** The cores and memory of the running machines. */
  inUse: { cores: number; memory: number }
  /** MiB by storage grade; "unknown" where BigV doesn't say. */
  grades: Readonly<Record<string, number>>
}

export interface GroupTotals extends Totals {
  id: number
  name: string
}

/** Deleted machines count only as `deleted`. */
export function totalsOf(machines: readonly MachineInAccount[]): Totals {
  const { machines: count, running, deleted } = countMachines(machines)
  const existing = machines.filter((vm) => !vm.deleted)
  const on = existing.filter(({ power_on }) => power_on)
  const discs = existing.flatMap((vm) => vm.discs ?? [])
  const grades = new Map<string, number>()
  for (const { size, storage_grade } of discs) {
    const grade = storage_grade ?? 'unknown'
    grades.set(grade, (grades.get(grade) ?? 0) + size)
  }
  return {
    machines: count,
    running,
    deleted,
    cores: sum(existing.map((vm) => vm.cores)),
    memory: sum(existing.map((vm) => vm.memory)),
    disc: sum(discs.map(({ size }) => size)),
    inUse: { cores: sum(on.map((vm) => vm.cores)), memory: sum(on.map((vm) => vm.memory)) },
    grades: Object.fromEntries([...grades].toSorted(([a], [b]) => compareNatural(a, b))),
  }
}

/** For a query's `select`: the totals of each group, in natural order, and of the whole account. */
export function accountTotals({ groups }: Pick<AccountOverview, 'groups'>): {
  groups: GroupTotals[]
  all: Totals
} {
  return {
    groups: groups
      .map(({ id, name, virtual_machines }) => ({ id, name, ...totalsOf(virtual_machines ?? []) }))
      .toSorted((a, b) => compareNatural(a.name, b.name)),
    all: totalsOf(groups.flatMap(({ virtual_machines }) => virtual_machines ?? [])),
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
