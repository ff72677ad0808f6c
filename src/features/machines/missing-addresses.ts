import type { OverviewSummary, VirtualMachine } from '../../api/virtual-machines.ts'

export type ListedMachine = Pick<VirtualMachine, 'id' | 'power_on'>

/** Whether each machine without a known address is on. A new machine gets its addresses while it is being created. */
export function withoutAddress(
  machines: readonly ListedMachine[],
  overview: Readonly<Record<number, OverviewSummary>>,
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
