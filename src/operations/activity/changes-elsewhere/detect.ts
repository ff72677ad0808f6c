import type { QueryCacheNotifyEvent } from '@tanstack/react-query'
import { queryClient } from '../../api/query-client.ts'
import type { GroupMachines } from '../../api/accounts.ts'
import type { VirtualMachine } from '../../api/virtual-machine.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { onUserChange } from '../../session/user-change.ts'
import { onOperationEnd, operations } from '../store.ts'
import type { ObservedChange } from './change.ts'
import { ownWork, type Work } from './own.ts'
import { Sightings, type Sighting } from './sightings.ts'
import { addObserved, clearObserved } from './store.ts'

let sightings = new Sightings()
let made = 0
/** What has ended here, the requests aside: of a bulk run the activity holds the last hundred only. */
let ended: Work[] = []
const MOST_ENDED = 20_000

/**
 * Watches the readings that pages and operations make, and keeps what changed between them and was not done in this browser.
 * Reads nothing itself. Call once; what was read by then is where it begins.
 */
export function followChanges(): void {
  const cache = queryClient.getQueryCache()
  for (const { queryKey, state } of cache.getAll()) take(queryKey, state.data, state.dataUpdatedAt)
  cache.subscribe((event) => {
    if (!isReading(event)) return
    take(event.query.queryKey, event.query.state.data, event.query.state.dataUpdatedAt)
  })
  onOperationEnd(({ action, target, begunAt, endedAt, outcome, expects }) => {
    if (ended.length >= MOST_ENDED) ended = ended.slice(MOST_ENDED / 2)
    ended.push({ action, target, begunAt, endedAt, outcome, expects })
  })
  onUserChange(() => {
    sightings = new Sightings()
    ended = []
    clearObserved()
  })
}

function isReading(
  event: QueryCacheNotifyEvent,
): event is Extract<QueryCacheNotifyEvent, { type: 'updated' }> {
  return event.type === 'updated' && event.action.type === 'success'
}

/** By their keys these hold what machineQueries and accountQueries read. */
function take([root, account, ...rest]: readonly unknown[], data: unknown, at: number): void {
  if (root !== 'accounts' || typeof account !== 'string' || data === undefined) return
  const [kind, group, what, which] = rest
  if (kind === 'machines') {
    for (const { name, machines } of data as readonly GroupMachines[]) {
      const place = { account, group: name }
      tell(place, sightings.readList(place, JSON.stringify(rest), machines, at), at)
    }
  } else if (kind === 'groups' && typeof group === 'string') {
    const place = { account, group }
    if (what === 'machine') tell(place, readAlone(place, data as MachineData, at), at)
    else if (what === 'list') {
      const rows = data as readonly VirtualMachine[]
      tell(place, sightings.readList(place, JSON.stringify(which), rows, at), at)
    }
  }
}

function tell(place: GroupRef, seen: readonly Sighting[], at: number): void {
  if (seen.length === 0) return
  const isOwn = ownWork([...ended, ...operations()])
  addObserved(seen.map((each) => changeOf(each, place, at)).filter((change) => !isOwn(change)))
}

/** One that is still being made changes by itself. */
function readAlone(place: GroupRef, { vm, creating }: MachineData, at: number): Sighting[] {
  return creating ? [] : sightings.fetchMachine(place, vm, at)
}

function changeOf(seen: Sighting, { account, group }: GroupRef, before_ms: number): ObservedChange {
  const { id, name, after_ms, what, before, after } = seen
  made += 1
  return { key: `observed-${made}`, account, group, id, name, after_ms, before_ms, what, before, after }
}
