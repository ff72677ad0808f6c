import type { AccountOverview, CountedMachine } from '../../api/account-overview.ts'
import { compareNatural } from '../../lib/names.ts'

/** What machines come to: how many, how many of them on, their cores, their memory and discs in MiB. */
export interface Totals {
  machines: number
  running: number
  cores: number
  memory: number
  disc: number
  /** MiB by storage grade; discs of which BigV does not tell it are under "unknown". */
  grades: Readonly<Record<string, number>>
}

/** A group with what its machines come to. */
export interface GroupTotals extends Totals {
  id: number
  name: string
}

/** Takes machines and returns what they come to. Deleted ones count for nothing. */
export function totalsOf(machines: readonly CountedMachine[]): Totals {
  const kept = machines.filter((vm) => !vm.deleted)
  const discs = kept.flatMap((vm) => vm.discs ?? [])
  const grades = new Map<string, number>()
  for (const { size, storage_grade } of discs) {
    const grade = storage_grade ?? 'unknown'
    grades.set(grade, (grades.get(grade) ?? 0) + size)
  }
  return {
    machines: kept.length,
    running: kept.filter((vm) => vm.power_on).length,
    cores: sum(kept.map((vm) => vm.cores)),
    memory: sum(kept.map((vm) => vm.memory)),
    disc: sum(discs.map(({ size }) => size)),
    grades: Object.fromEntries([...grades].toSorted(([a], [b]) => compareNatural(a, b))),
  }
}

/** Takes an account's overview and returns the totals of each group, in natural order, and of the whole account. */
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
