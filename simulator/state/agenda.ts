type Entry = { id: number; due: number }

/** What is due when: a binary heap whose outdated entries are dropped when they come up. */
export class Agenda {
  #heap: Entry[] = []
  readonly #current = new Map<number, Entry>()

  /** Puts down when `id` is due, in place of what it had; undefined takes it off. */
  set(id: number, due: number | undefined): void {
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

  /** Returns the time of the first entry, if there is one. */
  next(): number | undefined {
    return this.#first()?.due
  }

  /** Takes off and returns the first entry that is due by that time, if there is one. */
  take(until: number): Entry | undefined {
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

  #first(): Entry | undefined {
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
