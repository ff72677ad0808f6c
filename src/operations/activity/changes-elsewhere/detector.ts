import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import type { GroupRef } from '../../../lib/links.ts'
import { differencesOf, type Difference } from './change.ts'

/** A difference, of which machine, and since which earlier fetch. */
export interface Detected extends Difference {
  id: number
  name: string
  after_ms: number
}

/** A machine as it was fetched: in which group, and when, ms since 1970. */
interface Seen extends GroupRef {
  vm: VirtualMachine
  at: number
}

/** The last fetch of a group's list, of one kind: with or without deleted machines, alone or with all groups. */
interface LastList extends GroupRef {
  rows: readonly VirtualMachine[]
  byId: ReadonlyMap<number, VirtualMachine>
  at: number
}

/**
 * Compares each fetch with the one before of the same kind. Rows that are the same object have not changed, and are not looked at:
 * ten thousand machines of which none has changed cost a comparison of two lists.
 */
export class ChangeDetector {
  readonly #lists = new Map<string, LastList>()
  readonly #machines = new Map<number, Seen>()
  readonly #gone = new Map<number, Seen>()

  /** What changed in a group's list of some kind, which was fetched at this time. */
  list(group: GroupRef, kind: string, rows: readonly VirtualMachine[], at: number): Detected[] {
    const key = JSON.stringify([group.account, group.group, kind])
    const last = this.#lists.get(key)
    if (last?.rows === rows) {
      last.at = at
      return []
    }
    const byId = new Map(rows.map((vm) => [vm.id, vm]))
    const found: Detected[] = []
    for (const vm of rows) {
      const before = last?.byId.get(vm.id)
      if (before === vm) continue
      if (last !== undefined && before !== undefined) {
        for (const each of differencesOf(before, vm)) found.push(detected(vm, each, last.at))
      } else {
        const moved = this.#moved(group, vm, at)
        if (moved !== null) found.push(moved)
        else if (last !== undefined) found.push(detected(vm, APPEARED, last.at))
      }
    }
    this.#lists.set(key, { ...group, rows, byId, at })
    for (const [id, vm] of last?.byId ?? []) {
      if (last !== undefined && !byId.has(id)) found.push(this.#goneFrom(last, vm))
    }
    return found
  }

  /** What changed of a machine that was fetched by itself, in this group. */
  machine(group: GroupRef, vm: VirtualMachine, at: number): Detected[] {
    const moved = this.#moved(group, vm, at)
    const before = this.#machines.get(vm.id)
    this.#machines.set(vm.id, { ...group, vm, at })
    const differences = before === undefined ? [] : differencesOf(before.vm, vm)
    return [
      ...(moved === null ? [] : [moved]),
      ...differences.map((each) => detected(vm, each, before?.at ?? 0)),
    ]
  }

  #goneFrom(last: LastList, vm: VirtualMachine): Detected {
    const { account, group, at } = last
    const elsewhere = this.#lastSeen(vm)
    if (elsewhere !== null && elsewhere.at > at && isElsewhere(elsewhere, vm)) {
      return detected(elsewhere.vm, movedBetween(group, elsewhere.group), at)
    }
    this.#gone.set(vm.id, { account, group, vm, at })
    return detected(vm, GONE, at)
  }

  /** The move of a machine that is fetched in this group and was last seen in another, else null. */
  #moved(group: GroupRef, vm: VirtualMachine, at: number): Detected | null {
    const last = this.#lastSeen(vm)
    this.#gone.delete(vm.id)
    if (last === null || last.at > at || !isElsewhere(last, vm)) return null
    return detected(vm, movedBetween(last.group, group.group), last.at)
  }

  /** The last fetch, of any kind, that had this machine. */
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

/** By the group's id: a URL may call a group by its name or its id. */
function isElsewhere({ vm }: Seen, { group_id }: VirtualMachine): boolean {
  const [was, is] = [vm.group_id ?? null, group_id ?? null]
  return was !== null && is !== null && was !== is
}

function detected(
  { id, name }: VirtualMachine,
  { what, before, after }: Difference,
  after_ms: number,
): Detected {
  return { what, before, after, id, name, after_ms }
}
