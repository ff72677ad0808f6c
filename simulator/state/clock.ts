type Entry<Id> = { id: Id; due: number }

/** What is due when: a binary heap whose outdated entries are dropped when they come up. */
export class Agenda<Id> {
  #heap: Entry<Id>[] = []
  readonly #current = new Map<Id, Entry<Id>>()

  /** Puts down when `id` is due, in place of what it had; undefined takes it off. */
  set(id: Id, due: number | undefined): void {
    const before = this.#current.get(id)
    if (before?.due === due) return
    if (due === undefined) {
      this.#current.delete(id)
      return
    }
    const entry = { id, due }
    this.#current.set(id, entry)
    this.#heap.push(entry)
    this.#rise(this.#heap.length - 1)
  }

  /** The time of the first entry, if there is one. */
  next(): number | undefined {
    return this.#first()?.due
  }

  /** Takes off and returns the first entry that is due by that time, if there is one. */
  takeDue(until: number): Entry<Id> | undefined {
    const entry = this.#first()
    if (!entry || entry.due > until) return undefined
    this.#pop()
    this.#current.delete(entry.id)
    return entry
  }

  /** Takes everything off. */
  clear(): void {
    this.#heap = []
    this.#current.clear()
  }

  #first(): Entry<Id> | undefined {
    let entry = this.#heap[0]
    while (entry && this.#current.get(entry.id) !== entry) {
      this.#pop()
      entry = this.#heap[0]
    }
    return entry
  }

  #pop(): void {
    const last = this.#heap.pop()
    if (last && this.#heap.length > 0) {
      this.#heap[0] = last
      this.#sink(0)
    }
  }

  #at(index: number): number {
    return this.#heap[index]?.due ?? Infinity
  }

  #swap(a: number, b: number): void {
    const first = this.#heap[a]
    const second = this.#heap[b]
    if (!first || !second) return
    this.#heap[a] = second
    this.#heap[b] = first
  }

  #rise(from: number): void {
    for (let index = from; index > 0;) {
      const parent = (index - 1) >> 1
      if (this.#at(parent) <= this.#at(index)) return
      this.#swap(index, parent)
      index = parent
    }
  }

  #sink(from: number): void {
    for (let index = from; ;) {
      const left = 2 * index + 1
      const child = this.#at(left + 1) < this.#at(left) ? left + 1 : left
      if (this.#at(child) >= this.#at(index)) return
      this.#swap(index, child)
      index = child
    }
  }
}

/** Longest wait that a timer takes, in milliseconds: it would go off at once for more. */
const longestTimer = 2 ** 31 - 1

/**
 * The simulator's time, in milliseconds since it first started: `speed` times as fast as life, or standing still (0).
 * What is due is done in order of its time, each with the clock showing exactly that time.
 */
export class Clock<Id> {
  readonly #agenda = new Agenda<Id>()
  readonly #due: (id: Id) => void
  #speed: number
  #base = 0
  #real = performance.now()
  #entryTime: number | undefined
  #timer: NodeJS.Timeout | undefined
  #onPause: () => void = () => {}

  /** @param due is called with the id of each entry whose time has come */
  constructor(options: { speed: number; due: (id: Id) => void }) {
    this.#speed = options.speed
    this.#due = options.due
  }

  /** Whether time stands still, so that waiting for anything would be for ever. */
  get paused(): boolean {
    return this.#speed === 0
  }

  /** The time, in milliseconds. */
  now(): number {
    return this.#entryTime ?? this.#base + (performance.now() - this.#real) * this.#speed
  }

  /** Puts down that `id` is due at that time, in place of what it had; undefined takes it off. */
  schedule(id: Id, due: number | undefined): void {
    this.#agenda.set(id, due)
    if (this.#entryTime === undefined) this.#setTimer()
  }

  /** Calls `listener` whenever time comes to stand still. */
  onPause(listener: () => void): void {
    this.#onPause = listener
  }

  /** Does what has become due by now. */
  catchUp(): void {
    if (this.#entryTime === undefined) this.#runUntil(this.now())
  }

  /** Makes it that time; what is due is not done, but may have become due. */
  setTime(time: number): void {
    this.#base = time
    this.#real = performance.now()
    this.#setTimer()
  }

  /** Makes time go `speed` times as fast as life from now on; 0 stops it. */
  setSpeed(speed: number): void {
    this.catchUp()
    this.setTime(this.now())
    this.#speed = speed
    this.#setTimer()
    if (speed === 0) this.#onPause()
  }

  /** Lets that many milliseconds pass at once, and does what becomes due in them. */
  advance(milliseconds: number): void {
    const until = this.now() + milliseconds
    this.#runUntil(until)
    this.setTime(until)
    this.#setTimer()
  }

  /** Begins anew at time 0 and that speed, with nothing due. */
  restart(speed: number): void {
    this.#agenda.clear()
    this.#speed = speed
    this.setTime(0)
  }

  /** Forgets everything that is due, and stops the timer. */
  clear(): void {
    this.#agenda.clear()
    clearTimeout(this.#timer)
  }

  #runUntil(until: number): void {
    for (let entry = this.#agenda.takeDue(until); entry; entry = this.#agenda.takeDue(until)) {
      this.#entryTime = entry.due
      try {
        this.#due(entry.id)
      } finally {
        this.#entryTime = undefined
      }
    }
    this.#setTimer()
  }

  #setTimer(): void {
    clearTimeout(this.#timer)
    const next = this.#agenda.next()
    if (next === undefined || this.#speed === 0) return
    const wait = Math.ceil((next - this.now()) / this.#speed)
    this.#timer = setTimeout(() => this.catchUp(), Math.min(Math.max(wait, 0), longestTimer))
    this.#timer.unref()
  }
}
