import { nullIfNotFound } from '../../api/query-client.ts'
import { fetchMachine, fetchMachines, type VirtualMachine } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { withSession } from '../sign-in-again.ts'
import { operations } from '../store.ts'
import type { BatchItem } from './batch.ts'
import type { Candidate } from './forecast.ts'

type MachineKey = Pick<BatchItem, 'ref' | 'id' | 'name'>

interface List {
  /** When the list was requested and answered, in ms since 1970. */
  requestedAt: number
  answeredAt: number
  rows: ReadonlyMap<number, VirtualMachine>
}

/** Up to this many machines of a group are fetched one by one. For more, the group's list is cheaper. */
const ALONE_AT_MOST = 5
/** A list older than this is fetched again before anything is sent to its machines. */
const FRESH_MS = 5_000

/** For each group, the times at which its machines were due during the last five seconds. */
const recentTurns = new Map<string, readonly number[]>()
const lists = new Map<string, List>()
const pending = new Map<string, Promise<List>>()

/** Fetches the machines that a dialog is about. `vm` is null for machines that are gone. Throws an ApiError if any fetch fails. */
export async function fetchCandidates(machines: readonly MachineKey[]): Promise<Candidate[]> {
  const found = new Map<number, VirtualMachine | null>()
  await Promise.all(
    byGroup(machines).map(async ({ ref, members }) => {
      if (members.length > ALONE_AT_MOST) {
        const { rows } = await fetchList(ref)
        for (const { id } of members) found.set(id, rows.get(id) ?? null)
      } else await Promise.all(members.map(async ({ id }) => found.set(id, await machineOrNull(ref, id))))
    }),
  )
  return machines.map(({ ref, id, name }) => {
    const vm = found.get(id) ?? null
    return { ref, id, name: vm?.name ?? name, vm }
  })
}

/**
 * The rows of the machines that are due, by id, for groups where a list is cheaper than single fetches; null for a machine that the list no
 * longer has. Fetch the other machines one by one. Throws an ApiError.
 * @param queued all queued items of the batch, including those in `due`
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

/** Drops the lists of another user. */
export function forgetRows(): void {
  lists.clear()
  recentTurns.clear()
}

async function fetchList(ref: GroupRef): Promise<List> {
  return await withSession(
    async () => {
      const requestedAt = Date.now()
      const machines = await fetchMachines(ref)
      const list = { requestedAt, answeredAt: Date.now(), rows: new Map(machines.map((vm) => [vm.id, vm])) }
      lists.set(keyOf(ref), list)
      return list
    },
    { mayBeLate: true },
  )
}

async function freshList(ref: GroupRef): Promise<List> {
  const key = keyOf(ref)
  const known = lists.get(key)
  if (known !== undefined && isFresh(known.answeredAt)) return known
  const list = pending.get(key) ?? fetchList(ref).finally(() => pending.delete(key))
  pending.set(key, list)
  return list
}

/**
 * True if fetching a group's list for `count` due machines pays off: the first time, and when more than five machines are due within five
 * seconds. For fewer machines, thousands of rows cost more than single fetches.
 */
function isListWorthIt(ref: GroupRef, count: number): boolean {
  const key = keyOf(ref)
  const known = lists.get(key)
  const now = Date.now()
  const recent = [
    ...(recentTurns.get(key) ?? []).filter(isFresh),
    ...Array.from({ length: count }, () => now),
  ]
  recentTurns.set(key, recent)
  return known === undefined || isFresh(known.answeredAt) || recent.length > ALONE_AT_MOST
}

function isFresh(at: number): boolean {
  return Math.abs(Date.now() - at) <= FRESH_MS
}

/** True if an operation of this browser ran on the machine after the list was requested. The machine's row may then be outdated. */
function isOutdated({ requestedAt }: List, id: number): boolean {
  return operations().some(({ target, endedAt }) => target.id === id && (endedAt ?? Infinity) >= requestedAt)
}

async function machineOrNull(ref: GroupRef, id: number): Promise<VirtualMachine | null> {
  return (await nullIfNotFound(withSession(() => fetchMachine(ref, id), { mayBeLate: true })))?.vm ?? null
}

function byGroup<Each extends MachineKey>(machines: readonly Each[]): { ref: GroupRef; members: Each[] }[] {
  const groups = new Map<string, { ref: GroupRef; members: Each[] }>()
  for (const each of machines) {
    const group = groups.get(keyOf(each.ref))
    if (group === undefined) groups.set(keyOf(each.ref), { ref: each.ref, members: [each] })
    else group.members.push(each)
  }
  return [...groups.values()]
}

function keyOf({ account, group }: GroupRef): string {
  return JSON.stringify([account, group])
}
