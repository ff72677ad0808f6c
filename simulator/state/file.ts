import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Records } from './records.ts'
import type { Store } from './store.ts'

/** The contents of the file: the clock's time, and each table's records and highest id so far. */
type State = {
  format: typeof FORMAT
  time: number
  tables: Partial<Record<keyof Records, { last_id: number; records: object[] }>>
}

const FORMAT = 'BigV simulator state, version 2'
/** Milliseconds from a change to the write. Without this delay, 10,000 machines would cause 1,000 writes in a busy minute. */
const DELAY = 1_000
/** The file contains secrets such as root passwords. */
const OWNER_ONLY = 0o600

/** Thrown if the state file cannot be used. The file is left unchanged. */
export class StateError extends Error {}

/**
 * The state as a JSON file. Each write creates a new file beside the old file and moves it over the old one, at most once a
 * second and at the end.
 */
export class StateFile {
  readonly #file: string
  readonly #state: () => State
  #timer: NodeJS.Timeout | undefined
  readonly #atExit = (): void => this.#writeChanges()

  constructor(file: string, store: Store, time: () => number) {
    this.#file = file
    this.#state = () => {
      const tables = Object.entries(store.tables).map(([name, table]) => [
        name,
        { last_id: table.lastId, records: [...table.all()] },
      ])
      return { format: FORMAT, time: time(), tables: Object.fromEntries(tables) as State['tables'] }
    }
    // Saves the changes even if the program that uses the simulator ends with process.exit
    process.once('exit', this.#atExit)
  }

  /**
   * Loads the file into an empty store, and returns the clock's time; null if the file is empty or does not exist. Throws a
   * StateError if the file is damaged, or not a state file.
   */
  load(store: Store): number | null {
    const text = this.#trying('read', () => (existsSync(this.#file) ? readFileSync(this.#file, 'utf8') : ''))
    if (text === '') return null
    const { time, tables } = this.#parse(text)
    store.transaction(() => {
      for (const [name, { last_id, records }] of Object.entries(tables)) {
        const table = store.tables[name as keyof Records] as (typeof store.tables)[keyof Records] | undefined
        if (!table)
          throw new StateError(
            `${this.#file} has records of an unknown kind, "${name}". The file was not changed.`,
          )
        for (const record of records) table.put(record)
        table.lastId = last_id
      }
    })
    return time
  }

  /** Writes the file now. If the write fails, throws a StateError and leaves the old file unchanged. */
  write(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#trying('write', () => {
      const temporary = `${this.#file}.new`
      const descriptor = openSync(temporary, 'w', OWNER_ONLY)
      try {
        writeFileSync(descriptor, JSON.stringify(this.#state()))
        fsyncSync(descriptor)
      } finally {
        closeSync(descriptor)
      }
      renameSync(temporary, this.#file)
    })
  }

  /** Schedules a write after a change. */
  changed(): void {
    this.#timer ??= setTimeout(this.#atExit, DELAY).unref()
  }

  /** Writes unsaved changes, and stops using the file. */
  close(): void {
    this.#writeChanges()
    this.abandon()
  }

  /** Stops using the file, without writing it. */
  abandon(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    process.off('exit', this.#atExit)
  }

  /** Writes unsaved changes. A failure is reported, and the next change schedules another write. */
  #writeChanges(): void {
    if (this.#timer === undefined) return
    try {
      this.write()
    } catch (error) {
      process.stderr.write(`${(error as Error).message}. The file still has the previous state.\n`)
    }
  }

  #parse(text: string): State {
    try {
      const state = JSON.parse(text) as State
      if (state.format === FORMAT) return state
    } catch {
      // The error is reported below.
    }
    throw new StateError(
      `${this.#file} is damaged, or not a state file of this BigV simulator. It was not changed. Use another file, or move this one away.`,
    )
  }

  #trying<T>(verb: 'read' | 'write', work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw new StateError(`Couldn't ${verb} ${this.#file}: ${(error as Error).message}`, { cause: error })
    }
  }
}
