import { fetchMachines } from '../../api/virtual-machines.ts'
import type { VirtualMachine } from '../../api/virtual-machine.ts'
import type { GroupRef } from '../../lib/links.ts'
import { operations } from '../store.ts'

type Rows = ReadonlyMap<number, VirtualMachine>

interface ListReading {
  /** When the reading began, and when it was there; ms since 1970. */
  at: number
  answeredAt: number
  rows: Rows
}

/** Up to this many machines of a group are read alone; more are read by their list (design: "Reading"). */
export const ALONE_AT_MOST = 5
const FRESH_MS = 5_000

/** When machines of a group had their turns lately, by group. */
const turns = new Map<string, readonly number[]>()
const lists = new Map<string, ListReading>()
const underWay = new Map<string, Promise<ListReading>>()

/** Reads the machines of a group now, deleted ones included, and keeps them for `freshRows`. Throws an ApiError. */
export async function fetchRows(ref: GroupRef): Promise<ListReading> {
  const at = Date.now()
  const machines = await fetchMachines(ref, true)
  const machine = { at, answeredAt: Date.now(), rows: new Map(machines.map((vm) => [vm.id, vm])) }
  lists.set(keyOf(ref), machine)
  return machine
}

/**
 * Takes a group and returns its machines as they were read within the last five seconds, or as they are read now: one list for
 * all whose turn comes in that time. A computer that slept finds them too old. Throws an ApiError.
 */
export async function freshRows(ref: GroupRef): Promise<ListReading> {
  const key = keyOf(ref)
  const known = lists.get(key)
  if (known !== undefined && isFresh(known.answeredAt)) return known
  const asked = underWay.get(key) ?? fetchRows(ref).finally(() => underWay.delete(key))
  underWay.set(key, asked)
  return asked
}

/**
 * Takes a group and how many of its machines have their turn now, and returns whether to read its list for them: always when it
 * has not been read yet, then where more than five have their turns within five seconds. For fewer, one by one costs less than
 * thousands of rows.
 */
export function isListWorthIt(ref: GroupRef, count: number): boolean {
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

/** Forgets what was read: it was another user's. */
export function forgetRows(): void {
  lists.clear()
  turns.clear()
}

/** Whether something of ours was under way on the machine after the reading began, so that its row may be older than that. */
export function isOutdated({ at }: ListReading, id: number): boolean {
  return operations().some(({ target, endedAt }) => target.id === id && (endedAt ?? Infinity) >= at)
}

function keyOf({ account, group }: GroupRef): string {
  return JSON.stringify([account, group])
}
