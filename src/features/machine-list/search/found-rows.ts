import { useMemo } from 'react'
import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import { groupName } from '../../../api/groups.ts'
import type { Searchable } from '../../../lib/search/fields.ts'
import { matcher } from '../../../lib/search/match.ts'
import { asksForState, parseSearch } from '../../../lib/search/parse.ts'
import type { Operation } from '../../../operations/operation.ts'
import { lastHeadOf } from '../../../operations/last-heads.ts'
import { stateOf } from '../../../operations/state.ts'
import { useOperations } from '../../../operations/store.ts'
import type { MachineRow } from '../table/columns.ts'

/** The rows that match a search, in the order given; all rows for an empty search. */
export function useFoundRows(rows: readonly MachineRow[], query: string): readonly MachineRow[] {
  const changing = useChanging(asksForState(parseSearch(query)))
  // Memoised: searching ten thousand rows takes 3 ms, and would be repeated at each render of the page.
  return useMemo(() => {
    const terms = parseSearch(query)
    if (terms.length === 0) return rows
    const matches = matcher(terms)
    return rows.filter((row) => {
      const machine = searchableOf(row)
      const word = row.vm.deleted ? undefined : changing.get(row.vm.id)
      return matches(word === undefined ? machine : { ...machine, states: changingStates(word) })
    })
  }, [rows, query, changing])
}

interface Prepared extends Searchable {
  address: string | undefined
  further: string | undefined
}

const prepared = new WeakMap<VirtualMachine, Prepared>()
const STATES = {
  deleted: ['deleted'],
  running: ['running'],
  restarting: ['restarting'],
  stopped: ['stopped'],
  moving: ['changing'],
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
    // A getter, because the machine may become known on a head later, without changing itself.
    get lastHead() {
      return vm.power_on || vm.deleted ? null : (lastHeadOf(vm.id)?.head ?? 'unknown')
    },
    attributes: vm,
  }
  prepared.set(vm, searchable)
  return searchable
}

/** The values of `is:` that match a state word: changing and shutting-down for “Shutting down…”. */
function changingStates(word: string): readonly string[] {
  return ['changing', word.toLowerCase().replace('…', '').replaceAll(' ', '-')]
}

type Changing = ReadonlyMap<number, string>

const NONE: Changing = new Map()
// Stands in for the machine, because the running operation alone decides the state here.
const NOT_CHANGING = { power_on: false, autoreboot_on: false, deleted: false }
let last: Changing = NONE

/**
 * The state in words of each machine that is changing, by id; empty unless `wanted`. The map stays the same object until a word changes, so
 * that other steps of an operation don't repeat the search.
 */
function useChanging(wanted: boolean): Changing {
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
