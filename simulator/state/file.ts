import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Records } from './records.ts'
import type { Store } from './store.ts'

/** What the file has: the clock's time, and of each table the highest number given out and the records. */
type State = {
  format: typeof FORMAT
  time: number
  tables: Partial<Record<keyof Records, { last_id: number; records: object[] }>>
}

const FORMAT = 'BigV simulator state, version 2'
/** Milliseconds between a change and the file that has it: a busy minute of 10,000 machines is not written 1,000 times. */
const DELAY = 1_000
/** The file has what was said to be secret, root passwords for one. */
const OWNER_ONLY = 0o600

/** A state file that cannot be used; it is left as it is. */
export class StateError extends Error {}

/** The state as one JSON file: written beside the old one and moved over it, at most once a second and at the end. */
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
    // Whoever uses the simulator in a program may end it by process.exit
    process.once('exit', this.#atExit)
  }

  /**
   * Reads the file into an empty store, and returns the clock's time; null when there is no file yet, or an empty one.
   * Throws a StateError when it is something else, or damaged.
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

  /** Writes the file now. Throws a StateError when that cannot be done; the old one is left then. */
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

  /** Sees to it that the file is written soon: something has changed. */
  changed(): void {
    this.#timer ??= setTimeout(this.#atExit, DELAY).unref()
  }

  /** Writes what has changed, and is done with the file. */
  close(): void {
    this.#writeChanges()
    this.abandon()
  }

  /** Is done with the file, and leaves it as it is. */
  abandon(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    process.off('exit', this.#atExit)
  }

  /** What cannot be written is reported, and tried again with the next change. */
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
      // said below
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
