import { Otps } from './access/otps.ts'
import { Sessions } from './access/sessions.ts'
import { Views } from './http/views.ts'
import { taskDue } from './machine/tasks.ts'
import { AddressPool } from './state/addresses.ts'
import { Clock } from './state/clock.ts'
import type { Id, Machine, Task } from './state/records.ts'
import { Store } from './state/store.ts'
import type { Change } from './state/table.ts'

type Options = {
  /** Tail of every host name, e.g. `uk0.bigv.io`. */
  cluster: string
  /** Times faster than life; 0 stands still. */
  speed: number
}

const taskOf = (record: object | undefined): Task | null =>
  (record as Machine | undefined)?.inside.task ?? null

/** One simulated BigV: what it keeps, its clock, and the machines' lives. */
export class Brain {
  readonly cluster: string
  readonly store = new Store()
  readonly pool = new AddressPool(this.store)
  readonly views: Views
  readonly clock: Clock
  readonly otps = new Otps()
  readonly sessions = new Sessions()
  /** How many of the next creations fail: a number, or all. */
  buildFails: number = 0
  /** Whether calls that take time are answered when they are done; they are answered at once otherwise. */
  blocking = true
  #wallOffset = 0
  readonly #waiting = new Map<Id, Set<() => void>>()

  constructor(options: Options) {
    this.cluster = options.cluster
    this.views = new Views(this.store, options.cluster)
    this.clock = new Clock({
      speed: options.speed,
      due: (id) => this.store.transaction(() => taskDue(this, id)),
    })
    this.clock.onPause(() => this.#wakeAll())
    this.store.onCommit((changes) => changes.forEach((change) => this.#follow(change)))
  }

  /**
   * Waits until that task of a machine has ended, whichever way. Returns at once while the clock stands still, since
   * that would be for ever, and when `blocking` is off.
   */
  async settled(machineId: Id, task: Task): Promise<void> {
    while (this.blocking && !this.clock.paused && this.store.machines.get(machineId)?.inside.task === task) {
      await new Promise<void>((resolve) => {
        const waiting = this.#waiting.get(machineId) ?? new Set()
        this.#waiting.set(machineId, waiting.add(resolve))
      })
    }
  }

  /** Returns the time by which OTPs and sessions expire: real milliseconds, whatever the speed. */
  wallClock(): number {
    return Date.now() + this.#wallOffset
  }

  /** Makes OTPs and sessions that many milliseconds older. */
  advanceWallClock(milliseconds: number): void {
    this.#wallOffset += milliseconds
  }

  /** Ends all background work, for good. */
  stop(): void {
    this.blocking = false
    this.clock.clear()
    this.#wakeAll()
  }

  #follow({ table, key, before, after }: Change): void {
    if (table !== 'machines' || typeof key !== 'number') return
    const task = taskOf(after)
    if (task === taskOf(before)) return
    this.clock.schedule(key, task?.due)
    this.#wake(key)
  }

  #wake(id: Id): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    for (const resolve of waiting ?? []) resolve()
  }

  #wakeAll(): void {
    for (const id of this.#waiting.keys()) this.#wake(id)
  }
}
