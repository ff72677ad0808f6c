import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'

import { Agenda, Clock } from './clock.ts'

describe('the agenda of the clock', () => {
  test('returns due entries in order of their due times, which may be set again', () => {
    const entry = fc.record({ id: fc.nat(20), due: fc.option(fc.nat(1000), { nil: undefined }) })
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 100 }), fc.nat(1000), (entries, until) => {
        const agenda = new Agenda<number>()
        const latest = new Map<number, number>()
        for (const { id, due } of entries) {
          agenda.set(id, due)
          if (due === undefined) latest.delete(id)
          else latest.set(id, due)
        }
        const entriesDue: { id: number; due: number }[] = []
        for (let next = agenda.takeDue(until); next; next = agenda.takeDue(until)) entriesDue.push(next)
        const dues = entriesDue.map(({ due }) => due)
        expect(dues).toEqual([...dues].sort((a, b) => a - b))
        expect(new Map(entriesDue.map(({ id, due }) => [id, due]))).toEqual(
          new Map([...latest].filter(([, due]) => due <= until)),
        )
        const rest = [...latest.values()].filter((due) => due > until)
        expect(agenda.next()).toBe(rest.length > 0 ? Math.min(...rest) : undefined)
      }),
    )
  })
})

describe('the clock', () => {
  test('stops at speed 0, and moves only when advanced', () => {
    const done: [number, number][] = []
    const clock = new Clock<number>({ speed: 0, due: (id) => done.push([id, clock.now()]) })
    clock.schedule(1, 100)
    clock.schedule(2, 50)
    clock.schedule(3, 151)
    expect(clock.now()).toBe(0)
    clock.advance(150)
    expect(done).toEqual([
      [2, 50],
      [1, 100],
    ])
    expect(clock.now()).toBe(150)
  })

  test('runs a new entry in the same pass if the entry is already due', () => {
    const done: number[] = []
    const clock = new Clock<number>({
      speed: 0,
      due: (id) => {
        done.push(clock.now())
        if (id < 5) clock.schedule(id + 1, clock.now() + 10)
      },
    })
    clock.schedule(1, 10)
    clock.advance(35)
    expect(done).toEqual([10, 20, 30])
    clock.advance(5)
    expect(done).toEqual([10, 20, 30, 40])
  })

  test('runs at the configured speed', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    try {
      const done: number[] = []
      const clock = new Clock<number>({ speed: 10, due: (id) => done.push(id) })
      clock.schedule(1, 1000)
      clock.schedule(2, 3000)
      vi.advanceTimersByTime(99)
      expect(done).toEqual([])
      vi.advanceTimersByTime(1)
      expect(done).toEqual([1])
      clock.setSpeed(0)
      vi.advanceTimersByTime(10_000)
      expect(done).toEqual([1])
      clock.setSpeed(1000)
      vi.advanceTimersByTime(2)
      expect(done).toEqual([1, 2])
    } finally {
      vi.useRealTimers()
    }
  })
})
