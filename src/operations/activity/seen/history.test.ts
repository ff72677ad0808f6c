import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { machine, REF } from '../../../api/testing/machines.ts'
import { isSameSituation, SeenMachines, segmentsOf } from './history.ts'
import { clip, lengthOf, unite, type Intervals } from './intervals.ts'
import { mergeHistories, mergeSegments } from './merge.ts'
import { decode, encode, stored } from './stored.ts'
import { anyFetches, LIMIT, play, samplesOf, type Fetch } from './testing/fetches.ts'

const OFF = { power_on: false, head: null }
const at = (second: number) => second * 1000
const ids = [1, 2, 3]

/** The machine's segments in seconds: "on 0–20". */
const drawn = (seen: SeenMachines, id = 7) =>
  segmentsOf(seen.history(), id).map(({ from, to, is }) => `${is.state} ${from / 1000}–${to / 1000}`)

describe('what was seen of a machine', () => {
  test('is one span while its list shows no change', () => {
    const seen = new SeenMachines()
    for (const second of [0, 10, 20]) seen.list(REF, [machine()], at(second), LIMIT)
    expect(drawn(seen)).toEqual(['on 0–20'])
    expect(seen.version).toBe(1)
  })

  test('has a gap where fetches are further apart than the limit', () => {
    const seen = new SeenMachines()
    for (const second of [0, 10, 50, 60]) seen.list(REF, [machine()], at(second), LIMIT)
    expect(drawn(seen)).toEqual(['on 0–10', 'on 50–60'])
  })

  test('leaves out the time between the fetches before and after a change', () => {
    const seen = new SeenMachines()
    seen.list(REF, [machine()], at(0), LIMIT)
    seen.list(REF, [machine()], at(10), LIMIT)
    seen.list(REF, [machine(OFF)], at(20), LIMIT)
    seen.list(REF, [machine(OFF)], at(30), LIMIT)
    expect(drawn(seen)).toEqual(['on 0–10', 'off 20–30'])
  })

  test('goes on while the machine’s own page is open', () => {
    const seen = new SeenMachines()
    seen.list(REF, [machine()], at(0), LIMIT)
    seen.alone(REF, machine(), at(10), LIMIT)
    seen.alone(REF, machine(), at(35), LIMIT)
    seen.list(REF, [machine()], at(45), LIMIT)
    expect(drawn(seen)).toEqual(['on 0–45'])
  })

  test('ends when its list no longer has it', () => {
    const seen = new SeenMachines()
    seen.list(REF, [machine()], at(0), LIMIT)
    seen.list(REF, [], at(10), LIMIT)
    seen.list(REF, [], at(20), LIMIT)
    seen.list(REF, [machine()], at(30), LIMIT)
    expect(drawn(seen)).toEqual(['on 0–0', 'on 30–30'])
  })

  test('keeps the head on which a machine was last seen', () => {
    const seen = new SeenMachines()
    expect(seen.lastHead(7)).toBeNull()
    seen.list(REF, [machine()], at(0), LIMIT)
    seen.list(REF, [machine()], at(10), LIMIT)
    seen.list(REF, [machine(OFF)], at(20), LIMIT)
    expect(seen.lastHead(7)).toEqual({ head: 'head1', at: at(10) })
  })

  test('isn’t changed by an answer that a later one has overtaken', () => {
    const seen = new SeenMachines()
    seen.alone(REF, machine(OFF), at(10), LIMIT)
    seen.list(REF, [machine()], at(5), LIMIT)
    seen.list(REF, [machine(OFF)], at(15), LIMIT)
    expect(drawn(seen)).toEqual(['off 10–15'])
  })
})

/** Plays the fetches, and returns what was seen of all machines. */
function historyOf(fetches: readonly Fetch[]) {
  const seen = new SeenMachines()
  play(seen, fetches)
  return seen.history()
}

describe('for any fetches', () => {
  test('a span begins and ends with a fetch that showed it, and no fetch in it showed anything else', () => {
    fc.assert(
      fc.property(anyFetches, (fetches) => {
        const history = historyOf(fetches)
        for (const id of ids) {
          const samples = samplesOf(fetches, id)
          for (const { from, to, is } of segmentsOf(history, id)) {
            const inside = samples.filter((sample) => sample.at >= from && sample.at <= to)
            const showing = inside.filter(({ shows }) => shows === `${is.group} ${is.state} ${is.head}`)
            expect(showing[0]?.at).toBe(from)
            expect(showing.at(-1)?.at).toBe(to)
            showing.forEach((sample, i) => {
              expect(sample.at - (showing[i - 1]?.at ?? sample.at)).toBeLessThanOrEqual(LIMIT)
            })
          }
        }
      }),
    )
  })

  test('no more time counts as watched than has passed', () => {
    fc.assert(
      fc.property(anyFetches, (fetches) => {
        const history = historyOf(fetches)
        const elapsed = (fetches.at(-1)?.at ?? 0) - (fetches[0]?.at ?? 0)
        for (const id of ids) {
          const segments = segmentsOf(history, id)
          expect(lengthOf(segments.flatMap(({ from, to }) => [from, to]))).toBeLessThanOrEqual(elapsed)
          segments.forEach(({ from, to }, i) => {
            expect(from).toBeLessThanOrEqual(to)
            expect(from).toBeGreaterThanOrEqual(segments[i - 1]?.to ?? 0)
          })
        }
      }),
    )
  })

  test('the stored form reads back to the same picture', () => {
    fc.assert(
      fc.property(anyFetches, (fetches) => {
        const history = historyOf(fetches)
        const read = decode(JSON.parse(JSON.stringify(encode(history))) as ReturnType<typeof encode>)
        for (const id of ids) expect(segmentsOf(read ?? history, id)).toEqual(segmentsOf(history, id))
        expect(read).not.toBeNull()
      }),
    )
  })

  test('a reload in between changes nothing but the count of spans', () => {
    fc.assert(
      fc.property(anyFetches, fc.nat(30), (fetches, after) => {
        const before = historyOf(fetches.slice(0, after))
        const seen = new SeenMachines()
        seen.restore(before)
        play(seen, fetches.slice(after))
        const whole = historyOf(fetches)
        for (const id of ids) {
          const restored = lengthOf(segmentsOf(seen.history(), id).flatMap(({ from, to }) => [from, to]))
          expect(restored).toBeLessThanOrEqual(
            lengthOf(segmentsOf(whole, id).flatMap(({ from, to }) => [from, to])),
          )
        }
      }),
    )
  })

  test('two tabs’ merged history shows exactly what either saw', () => {
    fc.assert(
      fc.property(anyFetches, anyFetches, (one, other) => {
        const [a, b] = [historyOf(one), historyOf(other)]
        const merged = mergeHistories(a, b)
        for (const id of ids) {
          const both = mergeSegments(segmentsOf(a, id), segmentsOf(b, id))
          expect(segmentsOf(merged, id)).toEqual(both)
          const seen = [...segmentsOf(a, id), ...segmentsOf(b, id)]
          for (const { from, to, is } of both) {
            const same = seen.filter((each) => isSameSituation(each.is, is))
            const spans = same.reduce<Intervals>((all, each) => unite(all, [each.from, each.to]), [])
            expect(clip(spans, from, to)).toEqual([from, to])
          }
          // Each write merges again.
          expect(segmentsOf(mergeHistories(merged, b), id)).toEqual(both)
          expect(segmentsOf(mergeHistories(merged, a), id)).toEqual(both)
        }
      }),
    )
  })

  test('a cap drops the oldest part, and changes nothing later', () => {
    fc.assert(
      fc.property(anyFetches, fc.integer({ min: 200, max: 1500 }), (fetches, most) => {
        const history = historyOf(fetches)
        const form = stored(history, (fetches.at(-1)?.at ?? 0) + 1000, most)
        const read = decode(form)
        expect(JSON.stringify(form).length).toBeLessThanOrEqual(most)
        for (const id of ids) {
          const rest = segmentsOf(read ?? history, id)
          const first = rest[0]?.from
          if (first === undefined) continue
          const cut = segmentsOf(history, id)
            .filter(({ to }) => to >= first)
            .map(({ from, to, is }) => ({ from: Math.max(from, first), to, is }))
          expect(rest).toEqual(cut)
        }
      }),
    )
  })
})
