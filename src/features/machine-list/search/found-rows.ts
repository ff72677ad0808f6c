import { useMemo } from 'react'
import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import { groupName } from '../../../api/groups.ts'
import type { Searchable } from '../../../lib/search/fields.ts'
import { matcher } from '../../../lib/search/match.ts'
import { asksForState, parseSearch, type Term } from '../../../lib/search/parse.ts'
import type { Operation } from '../../../operations/operation.ts'
import { useShouldBeOn } from '../../../operations/restarting-since.ts'
import { stateOf } from '../../../operations/state.ts'
import { useOperations } from '../../../operations/store.ts'
import type { MachineRow } from '../table/columns.ts'

/** The rows that match a search, in the order given; all rows for an empty search. */
export function useFoundRows(rows: readonly MachineRow[], query: string): readonly MachineRow[] {
  const changing = useChanging(asksForState(parseSearch(query)))
  const shouldBeOn = useShouldBeOn()
  // Memoised: searching ten thousand rows takes 3 ms, and would be repeated at each render of the page.
  return useMemo(() => {
    const terms = parseSearch(query)
    return terms.length === 0 ? rows : findRows(rows, terms, changing, shouldBeOn)
  }, [rows, query, changing, shouldBeOn])
}

/** The rows that match the terms, given the machines that are changing and those that should be on. */
export function findRows(
  rows: readonly MachineRow[],
  terms: readonly Term[],
  changing: Changing,
  shouldBeOn: ReadonlySet<number>,
): readonly MachineRow[] {
  const matches = matcher(terms)
  return rows.filter((row) => {
    const machine = searchableOf(row)
    const states = statesNow(row.vm, changing, shouldBeOn)
    return matches(states === null ? machine : { ...machine, states })
  })
}

interface Prepared extends Searchable {
  address: string | undefined
  further: string | undefined
}

const prepared = new WeakMap<VirtualMachine, Prepared>()
const STATES = {
  deleted: ['deleted'],
  running: ['running'],
  restarting: ['restarting', 'changing'],
  stopped: ['stopped'],
  moving: ['changing'],
}

/** The values of `is:` for a machine that should be on: it has been restarting for too long to count as changing. */
const SHOULD_BE_ON = ['restarting', 'stopped']

/**
 * The values of `is:` that depend on more than the machine's data; null if its data decides. They agree with the counts of the facets
 * (facets.tsx).
 */
function statesNow(
  vm: VirtualMachine,
  changing: Changing,
  shouldBeOn: ReadonlySet<number>,
): readonly string[] | null {
  if (vm.deleted) return null
  const word = changing.get(vm.id)
  if (word !== undefined) return changingStates(word)
  return shouldBeOn.has(vm.id) && !vm.power_on && vm.autoreboot_on ? SHOULD_BE_ON : null
}

/** A row's searchable values. Returns the same object until the machine or its addresses change. */
export function searchableOf({ vm, address, further, group }: MachineRow): Searchable {
  const known = prepared.get(vm)
  if (known?.address === address && known?.further === further && known?.group === groupName(group))
    return known
  const searchable: Prepared = {
    id: vm.id,
    name: vm.name,
    hostname: vm.hostname ?? null,
    address,
    further,
    addresses: [address ?? '', ...(further ?? '').split(' ')].filter(Boolean),
    states: STATES[stateOf(vm, false, undefined).kind],
    group: groupName(group),
    cores: vm.cores,
    memory: vm.memory,
    attributes: vm,
  }
  prepared.set(vm, searchable)
  return searchable
}

/** The values of `is:` that match a state word: changing and shutting-down for “Shutting down…”. */
function changingStates(word: string): readonly string[] {
  return ['changing', word.toLowerCase().replace('…', '').replaceAll(' ', '-')]
}

/** The state in words of each machine that an operation is changing, by id. */
export type Changing = ReadonlyMap<number, string>

const NONE: Changing = new Map()
// Stands in for the machine, because the running operation alone decides the state here.
const NOT_CHANGING = { power_on: false, autoreboot_on: false, deleted: false }
let last: Changing = NONE

/**
 * The state in words of each machine that is changing, by id; empty unless `wanted`. The map stays the same object until a word changes, so
 * that other steps of an operation don't repeat the search.
 */
export function useChanging(wanted: boolean): Changing {
  return useOperations(wanted ? changing : none)
}

const none = () => NONE

function changing(operations: readonly Operation[]): Changing {
  const now = new Map<number, string>()
  for (const operation of operations) {
    const { target, phase } = operation
    if (phase === 'ended' || target.id === null) continue
    const { kind, word } = stateOf(NOT_CHANGING, false, operation)
    if (kind === 'moving') now.set(target.id, word)
  }
  const same = now.size === last.size && [...now].every(([id, word]) => last.get(id) === word)
  if (!same) last = now
  return last
}
