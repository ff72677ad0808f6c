import { expect, test } from 'vitest'
import { headsOf } from './heads.ts'

const on = (id: number, head: string | null) => ({ id, power_on: true, deleted: false, head })
const off = (id: number) => ({ id, power_on: false, deleted: false, head: null })

test('heads list the machines on them, and those off that were last seen there', () => {
  const last = new Map([
    [3, { head: 'head3', at: 30_000 }],
    [4, { head: 'head3', at: 40_000 }],
    [5, { head: 'head2', at: 50_000 }],
    [8, { head: 'head3', at: 80_000 }],
  ])
  const machines = [
    on(1, 'head1'),
    on(2, 'head2'),
    off(3),
    off(4),
    off(5),
    off(6),
    on(7, null),
    { ...off(8), deleted: true },
  ]
  expect(headsOf(machines, (id) => last.get(id) ?? null)).toEqual([
    { head: 'head3', running: 0, off: 2, seenAt: 40_000 },
    { head: 'head2', running: 1, off: 1, seenAt: 50_000 },
    { head: 'head1', running: 1, off: 0, seenAt: null },
    { head: null, running: 1, off: 1, seenAt: null },
  ])
})

test('a machine that BigV shows off but on a head belongs to that head', () => {
  const machines = [{ ...off(1), head: 'head1' }]
  expect(headsOf(machines, () => null)).toEqual([{ head: 'head1', running: 0, off: 1, seenAt: null }])
})
