import type { VirtualMachine } from '../../api/virtual-machine.ts'
import { differencesOf, type Difference } from './change.ts'

/** A difference that came to light, of which machine, and since which earlier reading. */
export interface Sighting extends Difference {
  id: number
  name: string
  after_ms: number
}

/** What was last read of a group's list, of one kind: with or without those deleted. */
interface LastList {
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
  readonly #machines = new Map<number, { vm: VirtualMachine; at: number }>()

  /** Takes the rows of a list, under the list's key, and when they were read, and returns what changed. */
  readList(key: string, rows: readonly VirtualMachine[], at: number): Sighting[] {
    const last = this.#lists.get(key)
    if (last?.rows === rows) {
      last.at = at
      return []
    }
    const byId = new Map(rows.map((vm) => [vm.id, vm]))
    this.#lists.set(key, { rows, byId, at })
    if (last === undefined) return []
    const found: Sighting[] = []
    for (const vm of rows) {
      const before = last.byId.get(vm.id)
      if (before === vm) continue
      if (before === undefined) found.push(sighting(vm, APPEARED, last.at))
      else for (const each of differencesOf(before, vm)) found.push(sighting(vm, each, last.at))
    }
    for (const [id, vm] of last.byId) if (!byId.has(id)) found.push(sighting(vm, GONE, last.at))
    return found
  }

  /** Takes a machine that was read by itself, and when, and returns what changed. */
  readMachine(vm: VirtualMachine, at: number): Sighting[] {
    const before = this.#machines.get(vm.id)
    this.#machines.set(vm.id, { vm, at })
    if (before === undefined) return []
    return differencesOf(before.vm, vm).map((each) => sighting(vm, each, before.at))
  }
}

const APPEARED: Difference = { what: 'there', before: false, after: true }
const GONE: Difference = { what: 'there', before: true, after: false }

function sighting(
  { id, name }: VirtualMachine,
  { what, before, after }: Difference,
  after_ms: number,
): Sighting {
  return { what, before, after, id, name, after_ms }
}
