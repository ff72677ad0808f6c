import { Credentials } from './access/credentials.ts'
import { installed, nextPhase } from './machine/create.ts'
import { planAutoreboot, switchedOff, switchedOn } from './machine/power.ts'
import { words } from './rules/limits.ts'
import { AddressPool } from './state/addresses.ts'
import { Clock } from './state/clock.ts'
import { StateError, StateFile } from './state/file.ts'
import type { Backup, Disc, Id, Machine, Task } from './state/records.ts'
import { createStore, type Change, type Store } from './state/store.ts'
import { MachineTexts } from './state/texts.ts'

export type BigvOptions = {
  /** How many times faster than real time; 0 stops time. */
  speed: number
  /** The end of every host name, e.g. `uk0.bigv.io`. */
  cluster: string
  /** Bearer tokens that never expire, each with its user's name. */
  tokens: ReadonlyMap<string, string>
  /** True if a POST that creates something answers 201 instead of 200. */
  created: boolean
  /** True if the DELETE of a privilege answers 200, which the client fog needs. */
  fog: boolean
  /** The file that stores the state; null stores it in memory alone. */
  state: string | null
}

/** Ends a machine's task, or the present phase of its creation. */
const endTask = (store: Store, id: Id, now: number): void => {
  const machine = store.machines.get(id)
  const task = machine?.internal.task
  if (!machine || !task) return
  switch (task.kind) {
    case 'start':
      store.machines.put(switchedOn(machine))
      return
    case 'shutdown':
      store.machines.put(planAutoreboot(switchedOff(machine), now))
      return
    case 'reimage':
      store.machines.put(switchedOn(installed(store, machine, task.image)))
      return
    case 'create':
      nextPhase(store, machine, task, now)
      return
  }
}

/** Gives a disc the contents of the backup that was being restored. */
const endRestore = (store: Store, id: Id): void => {
  const disc = store.discs.get(id)
  if (disc?.restoring) store.discs.put({ ...disc, contents: disc.restoring.contents, restoring: null })
}

/** Marks a backup as moved to backup storage. */
const endBackup = (store: Store, id: Id): void => {
  const backup = store.backups.get(id)
  if (backup) store.backups.put({ ...backup, storage_grade: words.backupGrade, arrives: null })
}

/**
 * The background work, by table. A request begins it by storing the time when it is due, in milliseconds of the
 * simulator's clock. The clock calls `end` at that time.
 */
const timed = {
  machines: { due: ({ internal }: Machine) => internal.task?.due, end: endTask },
  discs: { due: ({ restoring }: Disc) => restoring?.due, end: endRestore },
  backups: { due: ({ arrives }: Backup) => arrives ?? undefined, end: endBackup },
} satisfies Record<string, { due: (record: never) => number | undefined; end: typeof endTask }>

type TimedTable = keyof typeof timed

/** The clock's key for a record with background work, such as `machines/7`. */
type TimedKey = `${TimedTable}/${Id}`

/** The key of a record in the clock; null for a table without background work. */
const timedKey = (table: string, id: Id | string): TimedKey | null =>
  table in timed ? (`${table}/${id}` as TimedKey) : null

/** When the background work of a record is due; undefined if it has none. */
const dueOf = (key: TimedKey, record: object | undefined): number | undefined =>
  record && timed[key.split('/')[0] as TimedTable].due(record as never)

/** Ends the background work of a record that is due. */
const endDue = (store: Store, key: TimedKey, now: number): void => {
  const [table, id] = key.split('/')
  timed[table as TimedTable].end(store, Number(id), now)
}

const taskOf = (record: object | undefined): Task | null =>
  (record as Machine | undefined)?.internal.task ?? null

/** A simulated BigV: its records, clock and sessions, and the requests that are waiting for a task to end. */
export class Bigv {
  readonly options: BigvOptions
  readonly store = createStore()
  readonly pool = new AddressPool(this.store)
  readonly texts = new MachineTexts(this.store)
  readonly clock: Clock<TimedKey>
  readonly credentials: Credentials
  /** How many of the next creations fail; Infinity for all. */
  buildFails: number = 0
  /** True if a call with background work answers once the work is done, false if it answers at once. */
  blocking = true
  readonly #file: StateFile | null
  readonly #waiting = new Map<Id, Set<() => void>>()

  constructor(options: BigvOptions) {
    this.options = options
    this.credentials = new Credentials(this.store, options.tokens)
    this.clock = new Clock<TimedKey>({
      speed: options.speed,
      due: (key) => this.store.transaction(() => endDue(this.store, key, this.clock.now())),
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
   * Starts with the records of the state file or, without a state file, with the records that `build` adds. Throws a
   * StateError if the file cannot be used.
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

  /** Starts again, with the records that `build` adds. */
  reset(build: () => void): void {
    this.clock.restart(this.options.speed)
    this.credentials.reset()
    this.buildFails = 0
    this.blocking = true
    // The removal needs a transaction of its own, since addresses become free only when a transaction ends
    this.store.transaction(() => {
      for (const table of Object.values(this.store.tables)) table.clear()
    })
    this.store.transaction(build)
  }

  /**
   * Waits until a machine's task has succeeded, failed or been cancelled. Returns at once if `blocking` is off, or if time
   * is stopped, since the task would never end.
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

  /** Ends all background work for good. */
  stop(): void {
    this.blocking = false
    this.clock.clear()
    this.#wakeAll()
    this.#file?.close()
  }

  /** Schedules the next step of a changed record's task, and resumes the requests that waited for its previous task. */
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
