type Entry<Id> = { id: Id; due: number }

/** A binary heap of ids with their due times. An outdated entry stays in the heap, and is dropped when it comes first. */
export class Agenda<Id> {
  #heap: Entry<Id>[] = []
  readonly #current = new Map<Id, Entry<Id>>()

  /** Sets the due time of `id`; undefined removes it. */
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

  /** The earliest due time, if any. */
  next(): number | undefined {
    return this.#first()?.due
  }

  /** Removes and returns the first entry that is due by the given time, if any. */
  takeDue(until: number): Entry<Id> | undefined {
    const entry = this.#first()
    if (!entry || entry.due > until) return undefined
    this.#pop()
    this.#current.delete(entry.id)
    return entry
  }

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

/** The longest delay of a timer, in milliseconds: with a longer one, the timer would fire at once. */
const longestTimer = 2 ** 31 - 1

/**
 * The simulator's time, in milliseconds since its first start. Time runs `speed` times as fast as real time; 0 stops it.
 * Entries run in the order of their due times, and while an entry runs, `now` is exactly its due time.
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

  /** @param due Called with the id of each entry when it is due. */
  constructor(options: { speed: number; due: (id: Id) => void }) {
    this.#speed = options.speed
    this.#due = options.due
  }

  /** True while time is stopped: waiting for an entry would then never end. */
  get paused(): boolean {
    return this.#speed === 0
  }

  /** The simulator's time in milliseconds. */
  now(): number {
    return this.#entryTime ?? this.#base + (performance.now() - this.#real) * this.#speed
  }

  /** Sets the due time of `id`; undefined removes it. */
  schedule(id: Id, due: number | undefined): void {
    this.#agenda.set(id, due)
    if (this.#entryTime === undefined) this.#setTimer()
  }

  /** Calls `listener` whenever time is stopped. */
  onPause(listener: () => void): void {
    this.#onPause = listener
  }

  /** Runs the entries that have become due. */
  catchUp(): void {
    if (this.#entryTime === undefined) this.#runUntil(this.now())
  }

  /** Sets the time without running the entries that become due. */
  setTime(time: number): void {
    this.#base = time
    this.#real = performance.now()
    this.#setTimer()
  }

  /** Sets the speed from now on; 0 stops time. */
  setSpeed(speed: number): void {
    this.catchUp()
    this.setTime(this.now())
    this.#speed = speed
    this.#setTimer()
    if (speed === 0) this.#onPause()
  }

  /** Lets the given number of milliseconds pass at once, and runs the entries that become due. */
  advance(milliseconds: number): void {
    const until = this.now() + milliseconds
    this.#runUntil(until)
    this.setTime(until)
    this.#setTimer()
  }

  /** Starts again at time 0, with the given speed and without entries. */
  restart(speed: number): void {
    this.#agenda.clear()
    this.#speed = speed
    this.setTime(0)
  }

  /** Removes all entries, and stops the timer. */
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
