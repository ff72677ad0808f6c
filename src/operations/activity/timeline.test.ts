import { expect, test } from 'vitest'
import type { Plan, PlanStep } from '../plan.ts'
import { runningWork } from '../running.ts'
import { operation, plan } from '../testing/samples.ts'
import type { ChangeElsewhere } from './changes-elsewhere/change.ts'
import {
  facetNamed,
  facetsOf,
  isIn,
  planStatusOf,
  timelineOf,
  type ActivityEntry,
  type Facet,
} from './timeline.ts'

const change: ChangeElsewhere = {
  key: 'c',
  account: 'acme',
  group: 'default',
  id: 7,
  name: 'web',
  what: 'head',
  before: 'a',
  after: 'b',
  after_ms: 1_000,
  before_ms: 2_000,
}

function keyOf(entry: ActivityEntry): string {
  if ('change' in entry) return entry.change.key
  return 'plan' in entry ? entry.plan.key : entry.operation.key
}

test('the activity lists operations and changes made elsewhere by time, newest first', () => {
  const own = [1_500, 3_000, 3_000].map((begunAt, index) => operation({ key: `o${index}`, begunAt }))
  const line = timelineOf(own, [change], [])
  expect(line.map(keyOf)).toEqual(['o2', 'o1', 'c', 'o0'])
  expect(line.map(({ kind }) => kind)).toEqual(['running', 'running', 'seen', 'running'])
})

test('the activity lists operations under their plan, or alone if the plan isn’t known', () => {
  const line = timelineOf(
    [
      operation({ key: 'first', plan: 'p', begunAt: 1_000 }),
      operation({ key: 'alone', begunAt: 2_000 }),
      operation({ key: 'second', plan: 'p', begunAt: 3_000 }),
      operation({ key: 'lost', plan: 'gone', begunAt: 4_000 }),
    ],
    [],
    [plan({ begunAt: 900 }), plan({ key: 'q', begunAt: 5_000 })],
  )
  expect(line.map(keyOf)).toEqual(['q', 'lost', 'alone', 'p'])
  expect(line.flatMap((each) => ('plan' in each ? [each.operations.map(({ key }) => key)] : []))).toEqual([
    [],
    ['first', 'second'],
  ])
})

/** The steps of a plan whose second step was tried and had this outcome. */
function tried(outcome: PlanStep['tried']): PlanStep[] {
  const [first, second, third] = plan().steps as [PlanStep, PlanStep, PlanStep]
  return [{ ...first, done: true }, { ...second, tried: outcome }, third]
}

test('a halted plan has the status of its last step', () => {
  const cases: [Partial<Plan>, string][] = [
    [{}, 'running'],
    [{ phase: 'done' }, 'done'],
    [{ phase: 'halted', steps: tried('unclear') }, 'unclear'],
    [{ phase: 'halted', steps: tried('superseded') }, 'superseded'],
    [{ phase: 'halted', steps: tried(null) }, 'refused'],
    [{ phase: 'halted', stopped: true, steps: tried('unclear') }, 'no longer watching'],
  ]
  for (const [given, status] of cases) expect(planStatusOf(plan(given), []), status).toBe(status)
})

test('the activity counts the same operations and plans as running as the header does', () => {
  const step = operation({ key: 'step', plan: 'p' })
  const plans = [plan(), plan({ key: 'halted', phase: 'halted' }), plan({ key: 'done', phase: 'done' })]
  const operations = [
    step,
    operation({ key: 'alone' }),
    operation({ key: 'waiting', phase: 'queued' }),
    operation({ key: 'over', phase: 'ended', outcome: 'done' }),
    operation({ key: 'left', plan: 'halted' }),
    operation({ key: 'lost', plan: 'gone' }),
  ]
  const all = timelineOf(operations, [change], plans)
  const running = all.filter((entry) => isIn(entry, 'running'))
  expect(running.map(keyOf).toSorted()).toEqual(['alone', 'halted', 'lost', 'p', 'waiting'])
  expect(facetsOf(all, 'all').find(({ value }) => value === 'running')?.count).toBe(running.length)
  expect(running).toHaveLength(runningWork(operations, plans).length)
})

const names = (entries: ActivityEntry[], chosen: Facet = 'all') =>
  facetsOf(entries, chosen).map(({ label, count }) => `${label} ${count}`)

test('the activity offers the same facets always, and rarer ones if they have entries or are chosen', () => {
  const always = ['All 0', 'Running 0', 'Done 0', 'Refused 0', 'Unclear 0', 'Elsewhere 0']
  expect(names([])).toEqual(always)
  expect(names([], 'superseded')).toEqual([...always, 'Superseded 0'])
  const cancelled = operation({ phase: 'ended', outcome: 'cancelled' })
  expect(names(timelineOf([cancelled, operation({ phase: 'queued' })], [change], []))).toEqual([
    'All 3',
    'Running 1',
    'Done 0',
    'Refused 0',
    'Unclear 0',
    'Elsewhere 1',
    'Cancelled 1',
  ])
})

test.each([
  [null, 'all'],
  ['nonsense', 'all'],
  ['seen', 'seen'],
  ['unclear', 'unclear'],
  ['queued', 'running'],
])('?outcome=%s in the URL chooses the facet %s', (text, facet) => {
  expect(facetNamed(text)).toBe(facet)
})
