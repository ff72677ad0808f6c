import { useSyncExternalStore } from 'react'

/** A value outside React. Setting the value that it already has notifies no listener. */
export interface Store<T> {
  get: () => T
  set: (next: T | ((now: T) => T)) => void
  /** Calls the listener after each change; returns a function to unsubscribe. */
  subscribe: (listener: (now: T, before: T) => void) => () => void
  /** A hook for components. Returns the value, or the part that `select` returns, which must not be a new object each time. */
  use: {
    (): T
    <Selected>(select: (value: T) => Selected): Selected
  }
}

/** The dashboard's only kind of store. lib/persisted.ts keeps a store across reloads; lib/shared.ts shows its entries in other tabs. */
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

/** Emits events, such as the end of an operation. For state, use a store. */
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
