import { useEffect, useMemo } from 'react'
import { useChanging, type Changing } from '../../../components/machine/changing.ts'
import { withoutCredentials } from '../../../api/redact.ts'
import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import { groupName } from '../../../api/groups.ts'
import type { Searchable } from '../../../lib/search/searchable.ts'
import { whenIdle } from '../../../lib/browser/when-idle.ts'
import type { GroupRef } from '../../../lib/links.ts'
import type { Term } from '../../../lib/search/parse.ts'
import { useShouldBeOn } from '../../../operations/restarting-since.ts'
import { lastHeadOf } from '../../../operations/last-heads.ts'
import { stateOf } from '../../../operations/state.ts'
import type { MachineRow } from '../table/columns.ts'
import { searchEngine, type SearchEngine } from './load-engine.ts'
import { useTagged } from './tagged.ts'

const NO_TERMS: readonly Term[] = []
const NO_IDS: ReadonlySet<number> = new Set()

/** The rows that match a search, in the order given; all rows for an empty search. */
export function useFoundRows(rows: readonly MachineRow[], query: string): readonly MachineRow[] {
  const engine = searchEngine.use()
  const matching = useMatching(query, engine)
  useEffect(() => {
    if (query !== '' && engine === null) void searchEngine.load()
  }, [query, engine])
  // Memoised: searching ten thousand rows takes 3 ms, and would be repeated at each render of the page.
  return useMemo(() => {
    const terms = engine?.parseSearch(query) ?? NO_TERMS
    if (terms.length === 0) return rows
    const fits = matching(terms)
    const machines = searchablesOf(rows)
    return rows.filter((_, at) => fits(machines[at]!))
  }, [rows, query, matching, engine])
}

/**
 * Matches machines with searches, as they are now: with their running operations and the changes that wait for a restart. The function
 * stays the same until one of these changes, and follows only what this query asks for.
 */
export function useMatching(
  query: string,
  engine: SearchEngine | null,
): (terms: readonly Term[]) => (machine: Searchable) => boolean {
  const terms = engine?.parseSearch(query) ?? NO_TERMS
  const byState = engine?.asksForState(terms) ?? false
  const changing = useChanging(byState)
  const noted = useShouldBeOn()
  const shouldBeOn = byState ? noted : NO_IDS
  const tagged = useTagged(terms)
  return useMemo(
    () => (terms) => matchingNow(engine?.matcher(terms) ?? (() => true), { changing, shouldBeOn, tagged }),
    [changing, shouldBeOn, tagged, engine],
  )
}

/** What `is:` depends on beyond a machine's data. */
interface Now {
  /** The words of the changes under way, by machine. */
  changing: Changing
  /** The machines that have been restarting for too long to count as changing. */
  shouldBeOn: ReadonlySet<number>
  /** Further values of `is:`, by machine. */
  tagged: ReadonlyMap<number, readonly string[]>
}

/** Matches machines in their states of now. These agree with the counts of the facets (facets.tsx). */
export function matchingNow(
  matches: (machine: Searchable) => boolean,
  { changing, shouldBeOn, tagged }: Now,
): (machine: Searchable) => boolean {
  if (changing.size === 0 && shouldBeOn.size === 0 && tagged.size === 0) return matches
  return (machine) => {
    const word = machine.states === STATES.deleted ? undefined : changing.get(machine.id)
    const tags = tagged.get(machine.id)
    const late = machine.states === STATES.restarting && shouldBeOn.has(machine.id)
    if (word === undefined && tags === undefined && !late) return matches(machine)
    const states = word !== undefined ? changingStates(word) : late ? SHOULD_BE_ON : machine.states
    return matches({ ...machine, states: tags === undefined ? states : [...states, ...tags] })
  }
}

type Summary = Pick<MachineRow, 'address' | 'further' | 'macs' | 'devices'>
type Prepared = Searchable & { of: Summary }

const prepared = new WeakMap<VirtualMachine, Prepared>()
const STATES = {
  deleted: ['deleted'],
  running: ['running'],
  restarting: ['restarting', 'changing'],
  stopped: ['stopped'],
  moving: ['changing'],
}
/** A machine that should be on is stopped for now. */
const SHOULD_BE_ON = ['restarting', 'stopped']
const NO_DISCS: Searchable['discs'] = []

/** A row's searchable values. Returns the same object until the machine, its addresses or its devices change. */
export function searchableOf(row: MachineRow, group = groupName(row.group)): Searchable {
  const { vm, address, further, macs, devices } = row
  const known = prepared.get(vm)
  if (
    known?.group === group &&
    known.of.address === address &&
    known.of.further === further &&
    known.of.macs === macs &&
    known.of.devices === devices
  ) {
    // Lets go of the last row.
    known.of = row
    return known
  }
  const searchable: Prepared = {
    of: row,
    id: vm.id,
    name: vm.name,
    hostname: vm.hostname ?? null,
    addresses: address && further ? `${address} ${further}` : address || further || '',
    macs: macs ?? '',
    states: STATES[stateOf(vm, false, undefined).kind],
    group,
    cores: vm.cores,
    memory: vm.memory,
    discs: devices?.discs ?? NO_DISCS,
    labels: devices?.labels ?? '',
    cd: vm.cdrom_url ? withoutCredentials(vm.cdrom_url) : null,
    // A getter, because the machine may become known on a head later, without changing itself.
    get lastHead() {
      return vm.power_on || vm.deleted ? null : (lastHeadOf(vm.id)?.head ?? 'unknown')
    },
    attributes: vm,
  }
  prepared.set(vm, searchable)
  return searchable
}

const PREPARED_AT_ONCE = 1_000

/** Prepares a search of these rows while the browser is idle. Call when the user is about to type. */
export function prepareSearch(rows: readonly MachineRow[]): void {
  const engine = searchEngine.get()
  if (engine === null) return
  const prepareFrom = (first: number) => {
    const machines = searchablesOf(rows)
    engine.prepareWords(machines.slice(first, first + PREPARED_AT_ONCE))
    if (first + PREPARED_AT_ONCE < machines.length) whenIdle(() => prepareFrom(first + PREPARED_AT_ONCE))
  }
  whenIdle(() => prepareFrom(0))
}

const ofRows = new WeakMap<
  readonly MachineRow[],
  { names: ReadonlyMap<GroupRef, string>; all: Searchable[] }
>()

/**
 * The searchable values of each row. Kept per array of rows, because looking up ten thousand machines and their groups' names takes longer
 * than the search itself (20 ms at each key). A group's name may be loaded later than its machines.
 */
export function searchablesOf(rows: readonly MachineRow[]): readonly Searchable[] {
  const known = ofRows.get(rows)
  if (known && [...known.names].every(([ref, name]) => groupName(ref) === name)) return known.all
  const names = new Map<GroupRef, string>()
  const all = rows.map((row) => {
    let name = names.get(row.group)
    if (name === undefined) names.set(row.group, (name = groupName(row.group)))
    return searchableOf(row, name)
  })
  ofRows.set(rows, { names, all })
  return all
}

/** The values of `is:` that match a state word: changing and shutting-down for “Shutting down…”. */
function changingStates(word: string): readonly string[] {
  return ['changing', word.toLowerCase().replace('…', '').replaceAll(' ', '-')]
}
