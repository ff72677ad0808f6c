import { replaceEqualDeep } from '@tanstack/react-query'
import { accountQueries, type AccountOverview } from '../api/accounts.ts'
import { nullIfNotFound, queryClient } from '../api/query-client.ts'
import {
  fetchMachine,
  machineQueries,
  overviewQueries,
  overviewSummary,
  type MachineData,
  type OverviewSummary,
  type VirtualMachine,
} from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'

/** Fetches a machine for an operation, and updates every page that shows it. Throws an ApiError. */
export async function fetchAndShow(ref: GroupRef, vm: number | string): Promise<MachineData> {
  const machine = await fetchMachine(ref, vm)
  showMachine(ref, machine)
  return machine
}

/** Like fetchAndShow, but null if BigV has no such machine. */
export function fetchIfThere(ref: GroupRef, vm: number | string): Promise<MachineData | null> {
  return nullIfNotFound(fetchAndShow(ref, vm))
}

/** Shows a fetched machine on every page that has it: on the machine's own page, and in its row in the group's lists. */
export function showMachine(ref: GroupRef, machine: MachineData): void {
  queryClient.setQueryData(machineQueries.detail(ref, machine.vm.id).queryKey, machine)
  shareInLists(ref, machine.vm)
  shareAddresses(ref, machine.vm)
}

/**
 * Shows a machine's address and discs in its group's list. A machine fetched alone has its NICs and discs, so the whole group needn't be
 * fetched for a new one.
 */
function shareAddresses(ref: GroupRef, vm: VirtualMachine): void {
  const query = queryClient.getQueryCache().find({ queryKey: overviewQueries.byMachine(ref).queryKey })
  const all = query?.state.data as Record<number, OverviewSummary> | undefined
  if (all === undefined || !vm.network_interfaces || !vm.discs) return
  const summary = overviewSummary(vm)
  // A new object would render the whole list again.
  if (replaceEqualDeep(all[vm.id], summary) === all[vm.id]) return
  query?.setState({ data: { ...all, [vm.id]: summary } })
}

/**
 * Shows a row of a list on every page that has the machine. Rows lack discs and NICs, so the machine's own page keeps those that it has.
 * Skipped if that page has fetched the machine since `at`, when the list's fetch began.
 */
export function showRow(ref: GroupRef, vm: VirtualMachine, at = Date.now()): void {
  const { queryKey } = machineQueries.detail(ref, vm.id)
  if ((queryClient.getQueryState(queryKey)?.dataUpdatedAt ?? 0) > at) return
  queryClient.setQueryData(queryKey, (old) => old && { ...old, vm: { ...old.vm, ...vm } })
  shareInLists(ref, vm, at)
}

/** Fetched rows of a group that no page shows yet. */
interface Gathered {
  ref: GroupRef
  rows: Map<number, { vm: VirtualMachine; at: number }>
  refresh: boolean
}

const ROWS_EVERY_MS = 500
const REFRESH_EVERY_MS = 5_000
/**
 * While a batch runs, a group's data on screen is refreshed at this age. Polling usually comes first, unless the user has chosen a long
 * interval.
 */
const SHOWN_AT_MOST_MS = 15_000
let gathered: Map<string, Gathered> | null = null
const timers = new Set<ReturnType<typeof setInterval>>()

/**
 * While a batch runs, rows are collected and shown together, twice a second. A group is refreshed only if its pages haven't been for 15
 * seconds. When turned off, this shows the collected rows and refreshes their groups at once.
 */
export function holdBackRows(on: boolean): void {
  if (on === (gathered !== null)) return
  if (on) {
    gathered = new Map()
    timers.add(setInterval(showRows, ROWS_EVERY_MS))
    timers.add(setInterval(() => refreshGathered(SHOWN_AT_MOST_MS), REFRESH_EVERY_MS))
  } else {
    for (const timer of timers) clearInterval(timer)
    timers.clear()
    showRows()
    refreshGathered(0)
    gathered = null
  }
}

function showRows(): void {
  for (const { ref, rows } of gathered?.values() ?? []) {
    if (rows.size > 0) showInLists(ref, rows)
    rows.clear()
  }
}

function refreshGathered(olderThanMs: number): void {
  for (const group of gathered?.values() ?? []) {
    if (!group.refresh || shownFor(group.ref) < olderThanMs) continue
    refetch(group.ref)
    group.refresh = false
  }
}

/** The age of the oldest data of a group on screen, in ms. 0 if no page shows any, or the tab is hidden. */
function shownFor(ref: GroupRef): number {
  if (document.hidden) return 0
  const shown = shownKeys(ref).flatMap((queryKey) =>
    queryClient.getQueryCache().findAll({ queryKey, type: 'active' }),
  )
  return Date.now() - Math.min(Date.now(), ...shown.map(({ state }) => state.dataUpdatedAt))
}

function gatheredOf(all: Map<string, Gathered>, ref: GroupRef): Gathered {
  const key = JSON.stringify([ref.account, ref.group])
  const known = all.get(key) ?? { ref, rows: new Map(), refresh: false }
  all.set(key, known)
  return known
}

function shareInLists(ref: GroupRef, vm: VirtualMachine, at = Date.now()): void {
  const row = { vm, at }
  if (gathered === null) showInLists(ref, new Map([[vm.id, row]]))
  else gatheredOf(gathered, ref).rows.set(vm.id, row)
}

function showInLists(ref: GroupRef, rows: Gathered['rows']): void {
  // A single row doesn't make the list fresh, so the list's age and the result of its last fetch stay as they are.
  for (const query of queryClient.getQueryCache().findAll({ queryKey: machineQueries.list(ref).queryKey })) {
    const list = query.state.data as VirtualMachine[] | undefined
    if (list)
      query.setState({ data: replaceEqualDeep(list, withRows(list, rows, query.state.dataUpdatedAt)) })
  }
  for (const query of queryClient
    .getQueryCache()
    .findAll({ queryKey: accountQueries.overview(ref.account).queryKey })) {
    const overview = query.state.data as AccountOverview | undefined
    if (overview === undefined) continue
    const groups = overview.groups.map((group) => {
      const machines = group.virtual_machines ?? []
      const next = withRows(machines, rows, query.state.dataUpdatedAt)
      return next === machines ? group : { ...group, virtual_machines: next }
    })
    query.setState({ data: replaceEqualDeep(overview, { ...overview, groups }) })
  }
}

/** Refreshes everything on screen of a group in which an operation has ended. */
export function refreshGroup(ref: GroupRef): void {
  if (gathered === null) refetch(ref)
  else gatheredOf(gathered, ref).refresh = true
}

function refetch(ref: GroupRef): void {
  for (const queryKey of shownKeys(ref)) void queryClient.invalidateQueries({ queryKey })
}

function shownKeys(ref: GroupRef) {
  return [
    machineQueries.list(ref).queryKey,
    machineQueries.details(ref),
    accountQueries.overview(ref.account).queryKey,
  ]
}

// A row of a list has fewer attributes than a machine fetched alone, so only the row's own attributes are updated. Rows collected before
// the list was fetched are older than the list, so they are skipped.
function withRows<T extends { id: number; [key: string]: unknown }>(
  list: T[],
  rows: Gathered['rows'],
  listReadAt: number,
): T[] {
  let changed = false
  const next = list.map((row) => {
    const { vm, at } = rows.get(row.id) ?? { vm: null, at: 0 }
    if (vm === null || at < listReadAt) return row
    if (Object.keys(row).every((key) => Object.is(row[key], vm[key]))) return row
    changed = true
    return {
      ...row,
      ...Object.fromEntries(Object.keys(row).flatMap((key) => (key in vm ? [[key, vm[key]]] : []))),
    }
  })
  return changed ? next : list
}
