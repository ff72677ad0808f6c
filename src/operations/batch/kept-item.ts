import type { GroupRef } from '../../lib/links.ts'
import type { Item } from './run.ts'

/** An item as it is kept over a reload: short, as a run may have ten thousand and the storage holds five million characters. */
export type KeptItem = readonly [
  group: number,
  id: number,
  name: string,
  /** power_on and autoreboot_on as 2 and 1, or -1 where nothing was stated. */
  decidedOn: number,
  rest: Partial<Omit<Item, 'ref' | 'id' | 'name' | 'stated'>>,
]

const EMPTY = {
  phase: 'queued',
  operation: null,
  overdue: false,
  result: null,
  note: '',
  attempts: 0,
  autoreboot: null,
  steps: [],
  begunAt: null,
  endedAt: null,
} satisfies KeptItem[4]

/** Takes an item and the run's groups and returns what is kept of it, with its requests or without. */
export function packItem(item: Item, groups: readonly GroupRef[], withSteps: boolean): KeptItem {
  const { ref, id, name, decidedOn, ...rest } = item
  const told = Object.entries(rest).filter(([key, value]) => {
    if (key === 'steps') return withSteps && item.steps.length > 0
    return value !== EMPTY[key as keyof typeof EMPTY]
  })
  const bits = decidedOn === null ? -1 : Number(decidedOn.power_on) * 2 + Number(decidedOn.autoreboot_on)
  const group = groups.findIndex((each) => each.account === ref.account && each.group === ref.group)
  return [group, id, name, bits, Object.fromEntries(told)]
}

/** Takes what was kept of an item, and the run's groups, and returns the item; null where there is no such group. */
export function unpackItem(
  [group, id, name, bits, rest]: KeptItem,
  groups: readonly GroupRef[],
): Item | null {
  const ref = groups[group]
  if (ref === undefined) return null
  const decidedOn = bits < 0 ? null : { name, power_on: bits >= 2, autoreboot_on: bits % 2 === 1 }
  return { ...EMPTY, ...rest, ref, id, name, decidedOn }
}

/** Takes items and returns their groups, each once. */
export function groupsOf(items: readonly Item[]): GroupRef[] {
  return [...new Map(items.map(({ ref }) => [JSON.stringify([ref.account, ref.group]), ref])).values()]
}
