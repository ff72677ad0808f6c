import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import {
  header,
  lineOf,
  readLines,
  StateError,
  written,
  type Entry,
  type WrittenChange,
} from './journal-lines.ts'
import { lock } from './lock.ts'
import type { Store } from './store.ts'
import type { Change } from './table.ts'

/** The file has what was said to be secret, root passwords for one. */
const ownerOnly = 0o600
/** Records in one line of a snapshot. */
const batch = 500

/**
 * A file that keeps the state: a snapshot, and behind it one line for each transaction since. Lines are only ever added;
 * from time to time a new file with a fresh snapshot is moved over the old one. A kill at any moment loses at most the
 * line that was being written.
 */
export class Journal {
  readonly #file: string
  readonly #unlock: () => void
  #descriptor: number | undefined
  #size = 0
  readonly #least: number
  #limit: number
  #broken = false

  /**
   * Opens the file for one simulator alone; `leastBytes` of changes are worth a new snapshot, if the last one was not
   * larger. Throws a StateError when another one has the file.
   */
  constructor(file: string, leastBytes = 4 * 1024 * 1024) {
    this.#file = file
    this.#least = leastBytes
    this.#limit = leastBytes
    this.#unlock = lock(file)
  }

  /**
   * Reads the file into an empty store, and returns the time that the clock showed last; null when there is no file yet, or
   * an empty one. Throws a StateError, with the file left as it is, when it is no state file or damaged.
   */
  load(store: Store): number | null {
    if (!existsSync(this.#file) || statSync(this.#file).size === 0) return null
    const content = readFileSync(this.#file)
    const { entries, whole } = readLines(this.#file, content.toString('utf8'))
    const tables = store.tables()
    store.transaction(() => {
      for (const { changes, lastIds = {} } of entries) {
        for (const [name, id] of Object.entries(lastIds)) if (tables[name]) tables[name].lastId = id
        for (const [name, key, record] of changes) {
          const table = tables[name]
          if (!table) throw new StateError(`${this.#file} has records of an unknown kind, "${name}"`)
          if (record) table.put(record)
          else table.remove(key)
        }
      }
    })
    const wholeBytes = Buffer.byteLength(content.toString('utf8').slice(0, whole))
    if (wholeBytes < content.length) truncateSync(this.#file, wholeBytes)
    return entries.at(-1)?.at ?? 0
  }

  /**
   * Writes down changes that were made together at that time of the clock, and from time to time a new snapshot. What
   * cannot be written is reported, and written with the next change.
   */
  append(store: Store, changes: readonly Change[], at: number): void {
    try {
      if (this.#broken || this.#size > this.#limit) this.snapshot(store, at)
      else this.#add(lineOf({ at, changes: changes.map(written) }))
    } catch (error) {
      // A part of the line may be in the file: the next change starts a new one
      this.#broken = true
      process.stderr.write(`${this.#file} cannot be written: ${(error as Error).message}\n`)
    }
  }

  #add(line: string): void {
    this.#descriptor ??= openSync(this.#file, 'a', ownerOnly)
    this.#size += writeWhole(this.#descriptor, Buffer.from(line))
  }

  /** Puts a fresh file with everything in the store in place of the old one. */
  snapshot(store: Store, at: number): void {
    const beside = `${this.#file}.new`
    const descriptor = openSync(beside, 'w', ownerOnly)
    try {
      ftruncateSync(descriptor)
      let size = 0
      for (const line of snapshotLines(store, at)) size += writeWhole(descriptor, Buffer.from(line))
      fsyncSync(descriptor)
      this.#limit = Math.max(this.#least, size)
    } finally {
      closeSync(descriptor)
    }
    renameSync(beside, this.#file)
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = openSync(this.#file, 'a', ownerOnly)
    this.#size = 0
    this.#broken = false
  }

  /** Gives the file free. */
  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
    this.#descriptor = undefined
    this.#unlock()
  }
}

/** Writes all of the bytes, and returns how many they were. */
const writeWhole = (descriptor: number, bytes: Buffer): number => {
  for (let from = 0; from < bytes.length;) from += writeSync(descriptor, bytes, from)
  return bytes.length
}

function* snapshotLines(store: Store, at: number): Generator<string> {
  const tables = store.tables()
  const lastIds = Object.fromEntries(Object.values(tables).map((table) => [table.name, table.lastId]))
  yield header
  yield lineOf({ at, changes: [], lastIds })
  for (const table of Object.values(tables)) {
    const records: WrittenChange[] = [...table.all()].map((record) => [
      table.name,
      table.keyOf(record),
      record,
    ])
    for (let from = 0; from < records.length; from += batch) {
      const entry: Entry = { at, changes: records.slice(from, from + batch) }
      yield lineOf(entry)
    }
  }
}
