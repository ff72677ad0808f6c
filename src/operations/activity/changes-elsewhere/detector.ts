import type { VirtualMachine } from '../../api/virtual-machine.ts'
import type { GroupRef } from '../../lib/links.ts'
import { differencesOf, type Difference } from './change.ts'

/** A difference that came to light, of which machine, and since which earlier reading. */
export interface Sighting extends Difference {
  id: number
  name: string
  after_ms: number
}

/** Where a machine was read, and how: its group, and when, ms since 1970. */
interface Seen extends GroupRef {
  vm: VirtualMachine
  at: number
}

/** What was last read of a group's list, of one kind: with or without those deleted, alone or with all groups. */
interface LastList extends GroupRef {
  rows: readonly VirtualMachine[]
  byId: ReadonlyMap<number, VirtualMachine>
  at: number
}

/**
 * Compares each reading with the one before of the same kind. Rows that are the same object were not read otherwise, and are not
 * looked at: ten thousand machines of which none has changed cost a comparison of two lists.
 */
export class Sightings {
  readonly #lists = new Map<string, LastList>()
  readonly #machines = new Map<number, Seen>()
  readonly #gone = new Map<number, Seen>()

  /** Takes the rows of a group's list of some kind, and when they were read, and returns what changed. */
  readList(place: GroupRef, kind: string, rows: readonly VirtualMachine[], at: number): Sighting[] {
    const key = JSON.stringify([place.account, place.group, kind])
    const last = this.#lists.get(key)
    if (last?.rows === rows) {
      last.at = at
      return []
    }
    const byId = new Map(rows.map((vm) => [vm.id, vm]))
    const found: Sighting[] = []
    for (const vm of rows) {
      const before = last?.byId.get(vm.id)
      if (before === vm) continue
      if (last !== undefined && before !== undefined) {
        for (const each of differencesOf(before, vm)) found.push(sighting(vm, each, last.at))
      } else {
        const moved = this.#moved(place, vm, at)
        if (moved !== null) found.push(moved)
        else if (last !== undefined) found.push(sighting(vm, APPEARED, last.at))
      }
    }
    this.#lists.set(key, { ...place, rows, byId, at })
    for (const [id, vm] of last?.byId ?? []) {
      if (last !== undefined && !byId.has(id)) found.push(this.#goneFrom(last, vm))
    }
    return found
  }

  /** Takes a machine that was read by itself, in which group, and when, and returns what changed. */
  fetchMachine(place: GroupRef, vm: VirtualMachine, at: number): Sighting[] {
    const moved = this.#moved(place, vm, at)
    const before = this.#machines.get(vm.id)
    this.#machines.set(vm.id, { ...place, vm, at })
    const differences = before === undefined ? [] : differencesOf(before.vm, vm)
    return [
      ...(moved === null ? [] : [moved]),
      ...differences.map((each) => sighting(vm, each, before?.at ?? 0)),
    ]
  }

  #goneFrom(last: LastList, vm: VirtualMachine): Sighting {
    const { account, group, at } = last
    const elsewhere = this.#lastSeen(vm)
    if (elsewhere !== null && elsewhere.at > at && isElsewhere(elsewhere, vm)) {
      return sighting(elsewhere.vm, movedBetween(group, elsewhere.group), at)
    }
    this.#gone.set(vm.id, { account, group, vm, at })
    return sighting(vm, GONE, at)
  }

  /** What to say of a machine that is read in this group and was last seen in another, else null. */
  #moved(place: GroupRef, vm: VirtualMachine, at: number): Sighting | null {
    const last = this.#lastSeen(vm)
    this.#gone.delete(vm.id)
    if (last === null || last.at > at || !isElsewhere(last, vm)) return null
    return sighting(vm, movedBetween(last.group, place.group), last.at)
  }

  /** The last reading, of any kind, that had this machine. */
  #lastSeen({ id }: VirtualMachine): Seen | null {
    const seen = [this.#machines.get(id), this.#gone.get(id)].filter((each) => each !== undefined)
    for (const { account, group, byId, at } of this.#lists.values()) {
      const vm = byId.get(id)
      if (vm !== undefined) seen.push({ account, group, vm, at })
    }
    return seen.reduce<Seen | null>((last, each) => (last !== null && last.at >= each.at ? last : each), null)
  }
}

const APPEARED: Difference = { what: 'there', before: false, after: true }
const GONE: Difference = { what: 'there', before: true, after: false }

const movedBetween = (before: string, after: string): Difference => ({ what: 'group', before, after })

/** By the group's id: in a URL, and so in a place, a group has its name or its id. */
function isElsewhere({ vm }: Seen, { group_id }: VirtualMachine): boolean {
  const [was, is] = [vm.group_id ?? null, group_id ?? null]
  return was !== null && is !== null && was !== is
}

function sighting(
  { id, name }: VirtualMachine,
  { what, before, after }: Difference,
  after_ms: number,
): Sighting {
  return { what, before, after, id, name, after_ms }
}
