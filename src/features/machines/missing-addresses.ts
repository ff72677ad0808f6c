import type { OverviewSummary, VirtualMachine } from '../../api/virtual-machines.ts'

export type ListedMachine = Pick<VirtualMachine, 'id' | 'power_on'>

type Overview = Readonly<Record<number, OverviewSummary>>

/**
 * Returns a function that tells whether a machine's address is missing. It remembers its last answer, because Query asks several times at
 * each render, and looking through ten thousand machines takes 0.3 ms.
 */
export function missingAddress(machines: readonly ListedMachine[] = []) {
  let last: { overview: Overview | undefined; missing: boolean } | undefined
  return (overview: Overview | undefined): boolean => {
    if (last === undefined || last.overview !== overview)
      last = { overview, missing: machines.some(({ id }) => overview?.[id]?.address === undefined) }
    return last.missing
  }
}

/** Whether each machine without a known address is on. A new machine gets its addresses while it is being created. */
export function withoutAddress(
  machines: readonly ListedMachine[],
  overview: Overview,
): ReadonlyMap<number, boolean> {
  return new Map(
    machines
      .filter(({ id }) => overview[id]?.address === undefined)
      .map(({ id, power_on }) => [id, power_on]),
  )
}

/** True if a machine that had no address, and still has none, was turned on or off. */
export function hasChanged(before: ReadonlyMap<number, boolean>, now: ReadonlyMap<number, boolean>): boolean {
  return [...now].some(([id, isOn]) => (before.get(id) ?? isOn) !== isOn)
}
