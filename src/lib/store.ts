import { useSyncExternalStore } from 'react'

/** A value outside React. Setting the value that is there already notifies nobody. */
export interface Store<T> {
  get: () => T
  set: (next: T | ((now: T) => T)) => void
  /** Calls the listener after each change; returns the function that ends it. */
  subscribe: (listener: (now: T, before: T) => void) => () => void
  /** For components: the value, or what `select` makes of it. `select` must return the same thing for the same value, not a new object. */
  use: {
    (): T
    <Selected>(select: (value: T) => Selected): Selected
  }
}

/** The one kind of store in the dashboard. lib/persisted.ts keeps one over a reload, lib/shared.ts shows it in other tabs. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const changed = createEmitter<[now: T, before: T]>()
  return {
    get: () => value,
    set(next) {
      const before = value
      value = typeof next === 'function' ? (next as (now: T) => T)(before) : next
      if (!Object.is(value, before)) changed.emit(value, before)
    },
    subscribe: changed.on,
    use<Selected>(select?: (value: T) => Selected) {
      const read = () => (select === undefined ? value : select(value)) as T & Selected
      return useSyncExternalStore(changed.on, read, read)
    },
  }
}

/** Something that happens, where a store would be something that is: an operation ends, a second passes. */
export interface Emitter<Args extends unknown[]> {
  emit: (...args: Args) => void
  on: (listener: (...args: Args) => void) => () => void
}

export function createEmitter<Args extends unknown[]>(): Emitter<Args> {
  const listeners = new Set<(...args: Args) => void>()
  return {
    emit(...args) {
      for (const listener of listeners) listener(...args)
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
