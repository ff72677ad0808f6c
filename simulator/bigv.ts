import { Credentials } from './access/credentials.ts'
import { doDue, dueOf, timedKey, type TimedKey } from './machine/tasks.ts'
import { AddressPool } from './state/addresses.ts'
import { Clock } from './state/clock.ts'
import { StateError, StateFile } from './state/file.ts'
import type { Id, Machine, Task } from './state/records.ts'
import { createStore, type Change } from './state/store.ts'
import { MachineTexts } from './state/texts.ts'

export type BigvOptions = {
  /** Times faster than life; 0 stands still. */
  speed: number
  /** Tail of every host name, e.g. `uk0.bigv.io`. */
  cluster: string
  /** Bearer tokens that are taken for ever, as those of the users of these names. */
  tokens: ReadonlyMap<string, string>
  /** Whether plain POSTs are answered with 201 rather than 200. */
  created: boolean
  /** Whether deleted privileges are answered with 200, which the client fog insists on. */
  fog: boolean
  /** File in which the state is kept; null keeps it in memory. */
  state: string | null
}

const taskOf = (record: object | undefined): Task | null =>
  (record as Machine | undefined)?.internal.task ?? null

/** One simulated BigV: what it keeps, its clock, who is signed in, and who waits for what. */
export class Bigv {
  readonly options: BigvOptions
  readonly store = createStore()
  readonly pool = new AddressPool(this.store)
  readonly texts = new MachineTexts(this.store)
  readonly clock: Clock<TimedKey>
  readonly credentials: Credentials
  /** How many of the next creations fail: a number, or all. */
  buildFails: number = 0
  /** Whether calls that take time are answered when they are done; they are answered at once otherwise. */
  blocking = true
  readonly #file: StateFile | null
  readonly #waiting = new Map<Id, Set<() => void>>()

  constructor(options: BigvOptions) {
    this.options = options
    this.credentials = new Credentials(this.store, options.tokens)
    this.clock = new Clock<TimedKey>({
      speed: options.speed,
      due: (key) => this.store.transaction(() => doDue(this.store, key, this.clock.now())),
    })
    this.clock.onPause(() => this.#wakeAll())
    this.#file =
      options.state === null ? null : new StateFile(options.state, this.store, () => this.clock.now())
    this.store.onCommit((changes) => {
      for (const change of changes) this.#follow(change)
      this.#file?.changed()
    })
  }

  /**
   * Starts with what the state file keeps or, if there is none, with what `build` adds. Throws a StateError when the file
   * cannot be used.
   */
  start(build: () => void): void {
    try {
      const time = this.#file?.load(this.store) ?? null
      if (time !== null) this.clock.setTime(time)
      else this.reset(build)
      this.#file?.write()
    } catch (error) {
      this.#file?.abandon()
      if (!this.#file || error instanceof StateError) throw error
      throw new StateError(
        `Couldn't use ${this.options.state}: ${(error as Error).message}. The file was not changed.`,
        { cause: error },
      )
    }
  }

  /** Starts anew, with what `build` adds. */
  reset(build: () => void): void {
    this.clock.restart(this.options.speed)
    this.credentials.reset()
    this.buildFails = 0
    this.blocking = true
    // In a transaction of its own: only then are its addresses free again
    this.store.transaction(() => {
      for (const table of Object.values(this.store.tables)) table.clear()
    })
    this.store.transaction(build)
  }

  /**
   * Waits until that task of a machine has ended, whichever way. Returns at once while the clock stands still, since
   * that would be for ever, and when `blocking` is off.
   */
  async taskDone(machineId: Id, task: Task): Promise<void> {
    while (
      this.blocking &&
      !this.clock.paused &&
      this.store.machines.get(machineId)?.internal.task === task
    ) {
      await new Promise<void>((resolve) => {
        const waiting = this.#waiting.get(machineId) ?? new Set()
        this.#waiting.set(machineId, waiting.add(resolve))
      })
    }
  }

  /** Ends all background work, for good. */
  stop(): void {
    this.blocking = false
    this.clock.clear()
    this.#wakeAll()
    this.#file?.close()
  }

  /** Plans what is to become of a record by itself, and wakes those who wait for a machine's old task. */
  #follow({ table, key, before, after }: Change): void {
    const timed = timedKey(table, key)
    if (timed) this.clock.schedule(timed, dueOf(timed, after))
    if (table === 'machines' && typeof key === 'number' && taskOf(before) !== taskOf(after)) this.#wake(key)
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
