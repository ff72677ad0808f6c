import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { StateError } from './journal-lines.ts'

/** The locks of this process, since a number in a lock may be ours from before a restart of the machine. */
const held = new Set<string>()

const isRunning = (process_id: number): boolean => {
  try {
    process.kill(process_id, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const isTaken = (path: string): boolean => {
  if (held.has(path)) return true
  const owner = Number.parseInt(readFileSync(path, 'utf8'), 10)
  return owner !== process.pid && isRunning(owner)
}

const claim = (path: string): boolean => {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw new StateError(`${path} cannot be made: ${(error as Error).message}`)
  }
}

/**
 * Takes a file for this simulator alone, by a file beside it with the process's number; returns how to give it back. One
 * that was left behind by a process that is gone does not count. Throws a StateError when somebody else has it.
 */
export const lock = (file: string): (() => void) => {
  const path = resolve(`${file}.lock`)
  if (!claim(path)) {
    if (isTaken(path)) throw new StateError(`${file} is in use by another simulator`)
    rmSync(path, { force: true })
    if (!claim(path)) throw new StateError(`${file} is in use by another simulator`)
  }
  held.add(path)
  return () => {
    held.delete(path)
    rmSync(path, { force: true })
  }
}
