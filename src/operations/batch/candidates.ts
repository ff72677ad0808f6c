import { isNotFound } from '../../api/query-client.ts'
import { fetchMachine, type VirtualMachine } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { ALONE_AT_MOST, fetchRows } from './fresh-rows.ts'
import type { Candidate } from './forecast.ts'
import type { Item } from './run.ts'

/** Takes a run's items and returns them as candidates for another turn, not read yet. */
export function candidatesOf(items: readonly Item[]): Pick<Candidate, 'ref' | 'id' | 'name'>[] {
  return items.map(({ ref, id, name }) => ({ ref, id, name }))
}

/**
 * Reads machines anew: one list for each group, or each machine alone where a group has no more than five of them. Returns them
 * as candidates, with null for those that are gone. Throws an ApiError when any reading fails.
 */
export async function fetchCandidates(
  chosen: readonly Pick<Candidate, 'ref' | 'id' | 'name'>[],
): Promise<Candidate[]> {
  const groups = new Map<string, { ref: GroupRef; ids: number[] }>()
  for (const { ref, id } of chosen) {
    const key = JSON.stringify([ref.account, ref.group])
    const group = groups.get(key) ?? { ref, ids: [] }
    group.ids.push(id)
    groups.set(key, group)
  }
  const read = new Map<number, VirtualMachine | null>()
  await Promise.all(
    [...groups.values()].map(async ({ ref, ids }) => {
      if (ids.length > ALONE_AT_MOST) {
        const { rows } = await fetchRows(ref)
        for (const id of ids) read.set(id, rows.get(id) ?? null)
      } else await Promise.all(ids.map(async (id) => read.set(id, await machineOrNull(ref, id))))
    }),
  )
  return chosen.map(({ ref, id, name }) => {
    const vm = read.get(id) ?? null
    return { ref, id, name: vm?.name ?? name, vm }
  })
}

async function machineOrNull(ref: GroupRef, id: number): Promise<VirtualMachine | null> {
  try {
    return (await fetchMachine(ref, id)).vm
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}
