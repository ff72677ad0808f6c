import { isNotFound } from '../../api/query-client.ts'
import { fetchMachine, fetchMachines, type VirtualMachine } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { operations } from '../store.ts'
import type { BatchItem } from './batch.ts'
import type { Candidate } from './forecast.ts'

type Chosen = Pick<BatchItem, 'ref' | 'id' | 'name'>

interface List {
  /** When it was asked for, and when it was there; ms since 1970. */
  at: number
  answeredAt: number
  rows: ReadonlyMap<number, VirtualMachine>
}

/** Up to this many machines of a group are fetched one by one; for more, the list of the group costs less. */
const ALONE_AT_MOST = 5
/** One list serves all whose turns come within this time: a write is never decided on anything older. */
const FRESH_MS = 5_000

/** When machines of a group had their turns lately, by group. */
const turns = new Map<string, readonly number[]>()
const lists = new Map<string, List>()
const underWay = new Map<string, Promise<List>>()

/**
 * Fetches machines anew for the question before a batch. Those that are gone have null for their machine. Throws an ApiError when
 * any fetch fails.
 */
export async function fetchCandidates(chosen: readonly Chosen[]): Promise<Candidate[]> {
  const found = new Map<number, VirtualMachine | null>()
  await Promise.all(
    byGroup(chosen).map(async ({ ref, members }) => {
      if (members.length > ALONE_AT_MOST) {
        const { rows } = await fetchList(ref)
        for (const { id } of members) found.set(id, rows.get(id) ?? null)
      } else await Promise.all(members.map(async ({ id }) => found.set(id, await machineOrNull(ref, id))))
    }),
  )
  return chosen.map(({ ref, id, name }) => {
    const vm = found.get(id) ?? null
    return { ref, id, name: vm?.name ?? name, vm }
  })
}

/**
 * The machines of those items whose turn it is and that are better fetched with the list of their group; null for one that the
 * list has no more. Those that are not in the map are to be fetched one by one. Throws an ApiError.
 * @param queued all items of the batch that wait, those whose turn it is among them
 */
export async function fetchRows(
  due: readonly BatchItem[],
  queued: readonly BatchItem[],
): Promise<Map<number, VirtualMachine | null>> {
  const waiting = new Map(byGroup(queued).map(({ ref, members }) => [keyOf(ref), members.length]))
  const rows = new Map<number, VirtualMachine | null>()
  const listed = byGroup(due).filter(
    ({ ref, members }) =>
      (waiting.get(keyOf(ref)) ?? 0) > ALONE_AT_MOST && isListWorthIt(ref, members.length),
  )
  await Promise.all(
    listed.map(async ({ ref, members }) => {
      const list = await freshList(ref)
      for (const { id } of members) if (!isOutdated(list, id)) rows.set(id, list.rows.get(id) ?? null)
    }),
  )
  return rows
}

/** Forgets what was fetched: it was another user's. */
export function forgetRows(): void {
  lists.clear()
  turns.clear()
}

async function fetchList(ref: GroupRef): Promise<List> {
  const at = Date.now()
  const machines = await fetchMachines(ref, true)
  const list = { at, answeredAt: Date.now(), rows: new Map(machines.map((vm) => [vm.id, vm])) }
  lists.set(keyOf(ref), list)
  return list
}

/** The list as it was fetched within the last five seconds, or as it is fetched now. A computer that slept finds the old one too old. */
async function freshList(ref: GroupRef): Promise<List> {
  const key = keyOf(ref)
  const known = lists.get(key)
  if (known !== undefined && isFresh(known.answeredAt)) return known
  const asked = underWay.get(key) ?? fetchList(ref).finally(() => underWay.delete(key))
  underWay.set(key, asked)
  return asked
}

/**
 * Whether to fetch the group's list for so many of its machines that have their turns now: always the first time, then where more
 * than five have their turns within five seconds. For fewer, one by one costs less than thousands of rows.
 */
function isListWorthIt(ref: GroupRef, count: number): boolean {
  const key = keyOf(ref)
  const known = lists.get(key)
  const now = Date.now()
  const lately = [...(turns.get(key) ?? []).filter(isFresh), ...Array.from({ length: count }, () => now)]
  turns.set(key, lately)
  return known === undefined || isFresh(known.answeredAt) || lately.length > ALONE_AT_MOST
}

function isFresh(at: number): boolean {
  return Math.abs(Date.now() - at) <= FRESH_MS
}

/** Whether an operation of ours was running on the machine after the list was asked for, so that its row may be older than that. */
function isOutdated({ at }: List, id: number): boolean {
  return operations().some(({ target, endedAt }) => target.id === id && (endedAt ?? Infinity) >= at)
}

async function machineOrNull(ref: GroupRef, id: number): Promise<VirtualMachine | null> {
  try {
    return (await fetchMachine(ref, id)).vm
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}

function byGroup<Each extends Chosen>(chosen: readonly Each[]): { ref: GroupRef; members: Each[] }[] {
  const groups = new Map<string, { ref: GroupRef; members: Each[] }>()
  for (const each of chosen) {
    const group = groups.get(keyOf(each.ref))
    if (group === undefined) groups.set(keyOf(each.ref), { ref: each.ref, members: [each] })
    else group.members.push(each)
  }
  return [...groups.values()]
}

function keyOf({ account, group }: GroupRef): string {
  return JSON.stringify([account, group])
}
