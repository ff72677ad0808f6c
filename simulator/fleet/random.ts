/** Picks at random, but the same in every run. */
export type Random = {
  /** Returns a number from 0 up to 1. */
  next(): number
  /** Returns one of the values; repeat a value to have it more often. */
  pick<T>(values: readonly [T, ...T[]]): T
}

/** Returns a generator (mulberry32) whose picks depend on nothing but the seed. */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { next, pick: (values) => values[Math.floor(next() * values.length)] ?? values[0] }
}
