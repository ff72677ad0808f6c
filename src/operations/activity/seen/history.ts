import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import type { GroupRef } from '../../../lib/links.ts'
import type { LastHead } from '../../last-heads.ts'
import { clip, endOf, extend, unite, type Intervals } from './intervals.ts'

export type SeenState = 'on' | 'off' | 'deleted'

/** What a fetch shows of a machine, as far as the timeline keeps it. */
export interface Situation extends GroupRef {
  state: SeenState
  /** Null while the machine is off. */
  head: string | null
}

/** From one fetch to another, every fetch of the machine's group, and of the machine alone, showed this situation. */
export interface Run {
  from: number
  to: number
  is: Situation
}

/** What was seen of a machine. */
export interface MachineHistory {
  /** In order, without overlaps. A gap between two is the time in which the situation changed, or the machine wasn't seen. */
  runs: readonly Run[]
  /** When the machine was watched alone. */
  own: Intervals
}

/**
 * What was seen of all machines; times in ms since 1970, in whole seconds. When a group was watched is kept once for all of its machines,
 * so that a machine has only its changes.
 */
export interface History {
  groups: ReadonlyMap<string, Intervals>
  machines: ReadonlyMap<number, MachineHistory>
}

export const EMPTY: History = { groups: new Map(), machines: new Map() }

/** A time in which a machine was watched and seen in one situation. */
export type Segment = Run

/** The key of a group in a history. */
export const placeOf = ({ account, group }: GroupRef): string => JSON.stringify([account, group])

/** What was seen of a machine, in order. Nothing is between two segments: the machine wasn't watched, or it changed. */
export function segmentsOf({ groups, machines }: History, id: number): Segment[] {
  const machine = machines.get(id)
  if (machine === undefined) return []
  let watched: { place: string; intervals: Intervals } | null = null
  return machine.runs.flatMap(({ from, to, is }) => {
    const place = placeOf(is)
    if (watched?.place !== place) watched = { place, intervals: unite(groups.get(place) ?? [], machine.own) }
    const parts = clip(watched.intervals, from, to)
    return Array.from({ length: parts.length / 2 }, (_, i) => ({
      from: parts[2 * i] ?? from,
      to: parts[2 * i + 1] ?? to,
      is,
    }))
  })
}

export const isSameSituation = (a: Situation, b: Situation): boolean =>
  a === b || (a.state === b.state && a.head === b.head && a.group === b.group && a.account === b.account)

interface Group {
  watched: number[]
  /** The machines of the last list. They were seen whenever the group was. */
  members: Map<number, Machine>
  /** The last list, unless one of its machines has been seen otherwise since. A refresh without changes gives the same list. */
  last: WeakRef<readonly VirtualMachine[]> | null
}

interface Machine {
  runs: Run[]
  own: number[]
  /** True if the last run goes on to the last time the machine was seen, so that a fetch without changes writes nothing. */
  open: boolean
  /** The situation of the last run. */
  is: Situation | null
  /** The group whose last list has the machine. */
  listedIn: Group | null
}

/** Collects what fetches show. A refresh of a list without changes only moves the end of the time in which the group was watched. */
export class SeenMachines {
  readonly #groups = new Map<string, Group>()
  readonly #machines = new Map<number, Machine>()
  /** Counts the changes. */
  version = 0

  /** Notes a list of all machines of a group. Between fetches that are more than `limit` ms apart, the group wasn't watched. */
  list(ref: GroupRef, machines: readonly VirtualMachine[], moment: number, limit: number): void {
    const at = toSecond(moment)
    const group = this.#group(ref)
    const before = endOf(group.watched)
    // An answer that a later one has overtaken
    if (at < before) return
    if (group.last?.deref() !== machines) this.#compare(ref, group, machines, at)
    extend(group.watched, at, limit)
    // A machine whose own page was open until now was watched all the time.
    if (at - before > limit) {
      for (const { own } of group.members.values()) if (at - endOf(own) <= limit) extend(own, at, limit)
    }
  }

  #compare(ref: GroupRef, group: Group, machines: readonly VirtualMachine[], at: number): void {
    const { members } = group
    const before = group.last?.deref()
    let listed = 0
    for (const [i, vm] of machines.entries()) {
      // Most rows of ten thousand are the same objects as in the last list. That makes a refresh take 0.2 ms instead of 7 ms.
      if (before?.[i] === vm) {
        listed += 1
        continue
      }
      const member = members.get(vm.id)
      if (member === undefined || member.is === null || !shows(vm, member.is)) {
        // This list may be behind the machine's own last fetch.
        const machine = this.#see(ref, group, vm, at) ?? member
        if (machine === undefined) continue
        members.set(vm.id, machine)
        machine.listedIn = group
      }
      listed += 1
    }
    if (members.size > listed) this.#leave(group, new Set(machines.map(({ id }) => id)))
    group.last = listed === machines.length ? new WeakRef(machines) : null
  }

  /** Notes a machine that was fetched alone. */
  alone(ref: GroupRef, vm: VirtualMachine, moment: number, limit: number): void {
    const at = toSecond(moment)
    const seen = lastSeen(this.#machines.get(vm.id))
    if (at < seen) return
    const own = this.#see(ref, this.#group(ref), vm, at)?.own
    if (own === undefined) return
    if (endOf(own) < seen && at - seen <= limit) own.push(seen, at)
    else extend(own, at, limit)
  }

  /** Where the machine was last seen on a head. */
  lastHead(id: number): LastHead | null {
    return lastHeadOf(this.machine(id))
  }

  machine(id: number): MachineHistory | undefined {
    const machine = this.#machines.get(id)
    return machine && closed(machine)
  }

  /** Everything seen of these machines, or of all. Read it at once: it changes with the next fetch. */
  history(ids?: readonly number[]): History {
    const chosen = ids ?? [...this.#machines.keys()]
    return {
      groups: new Map([...this.#groups].map(([place, { watched }]) => [place, watched])),
      machines: new Map(
        chosen.flatMap((id) => {
          const machine = this.machine(id)
          return machine === undefined ? [] : [[id, machine]]
        }),
      ),
    }
  }

  /** Continues a stored history. Call before anything is noted. */
  restore({ groups, machines }: History): void {
    for (const [place, watched] of groups) this.#groups.set(place, { ...newGroup(), watched: [...watched] })
    for (const [id, { runs, own }] of machines) {
      this.#machines.set(id, {
        ...newMachine(),
        runs: [...runs],
        own: [...own],
        is: runs.at(-1)?.is ?? null,
      })
    }
    this.version += 1
  }

  clear(): void {
    this.#groups.clear()
    this.#machines.clear()
    this.version += 1
  }

  #group(ref: GroupRef): Group {
    const place = placeOf(ref)
    const known = this.#groups.get(place)
    if (known !== undefined) return known
    const group = newGroup()
    this.#groups.set(place, group)
    return group
  }

  /** Continues the machine's last run, or begins another. Null if the machine has been seen later than this. */
  #see(ref: GroupRef, group: Group, vm: VirtualMachine, at: number): Machine | null {
    const known = this.#machines.get(vm.id)
    const machine = known ?? newMachine()
    if (known === undefined) this.#machines.set(vm.id, machine)
    const seen = lastSeen(machine)
    if (at < seen) return null
    const last = machine.runs.at(-1)
    const place = { account: ref.account, group: ref.group }
    const continues =
      last !== undefined &&
      isSameSituation(last.is, { ...place, state: stateOf(vm), head: headOf(vm, last.is) }) &&
      // Otherwise, the group was fetched without this machine meanwhile.
      endOf(group.watched) <= seen &&
      (machine.open || last.to >= seen)
    if (last !== undefined && machine.open && !continues) last.to = seen
    if (!continues) {
      machine.is = { ...place, state: stateOf(vm), head: headOf(vm) }
      machine.runs.push({ from: at, to: at, is: machine.is })
      if (machine.listedIn !== null) machine.listedIn.last = null
      this.version += 1
    }
    machine.open = true
    if (machine.listedIn !== null && machine.listedIn !== group) {
      machine.listedIn.members.delete(vm.id)
      machine.listedIn.last = null
      machine.listedIn = null
    }
    return machine
  }

  /** Ends the runs of the machines that the last list lacks: they were purged, or moved. */
  #leave({ members }: Group, listed: ReadonlySet<number>): void {
    for (const [id, machine] of members) {
      if (listed.has(id)) continue
      const last = machine.runs.at(-1)
      if (machine.open && last !== undefined) last.to = lastSeen(machine)
      machine.open = false
      machine.listedIn = null
      members.delete(id)
      this.version += 1
    }
  }
}

const newGroup = (): Group => ({ watched: [], members: new Map(), last: null })
const newMachine = (): Machine => ({ runs: [], own: [], open: false, is: null, listedIn: null })

/** Where a machine was last seen on a head. */
export function lastHeadOf(machine: MachineHistory | undefined): LastHead | null {
  const run = machine?.runs.findLast(({ is }) => is.head !== null)
  return run === undefined || run.is.head === null ? null : { head: run.is.head, at: run.to }
}

/** When the machine was last seen, in its group's list or alone. */
function lastSeen(machine: Machine | undefined): number {
  if (machine === undefined) return -Infinity
  const { runs, own, listedIn } = machine
  return Math.max(
    runs.at(-1)?.to ?? -Infinity,
    endOf(own),
    listedIn === null ? -Infinity : endOf(listedIn.watched),
  )
}

function closed(machine: Machine): MachineHistory {
  const { runs, own, open } = machine
  const last = runs.at(-1)
  const done =
    open && last !== undefined ? [...runs.slice(0, -1), { ...last, to: lastSeen(machine) }] : [...runs]
  return { runs: done, own: [...own] }
}

function shows(vm: VirtualMachine, is: Situation): boolean {
  // Some lists lack the head.
  return stateOf(vm) === is.state && (vm.head === undefined || headOf(vm) === is.head)
}

function stateOf({ power_on, deleted }: VirtualMachine): SeenState {
  if (deleted) return 'deleted'
  return power_on ? 'on' : 'off'
}

function headOf(vm: VirtualMachine, before?: Situation): string | null {
  if (vm.head === undefined && before !== undefined && stateOf(vm) === before.state) return before.head
  return vm.head ?? null
}

const toSecond = (moment: number): number => Math.floor(moment / 1000) * 1000
