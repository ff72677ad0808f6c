import { expect, test } from 'vitest'
import { slowDown, worldWithPoller } from './testing/poller-world.ts'

// BigV asks to be left alone for a while: Retry-After.

const S = 1_000

/** A poller whose first reading, after ten seconds, was answered so. */
async function askedToWait(retryAfter: number) {
  const poller = worldWithPoller()
  poller.poller.start(10 * S)
  poller.pass(10 * S)
  await poller.last()?.end(false, slowDown(retryAfter))
  return poller
}

test('the next reading is as late as BigV asks, and that is told', async () => {
  const { pass, times, last, state } = await askedToWait(45 * S)
  expect(state()).toEqual({ phase: 'waiting', nextAt: 1_000 + 55 * S, failures: 1 })
  pass(44 * S)
  expect(times()).toEqual([10 * S])
  pass(1 * S)
  expect(times()).toEqual([10 * S, 55 * S])
  await last()?.end()
  pass(10 * S)
  expect(times()).toEqual([10 * S, 55 * S, 65 * S])
})

test('the usual pause after a failure is not shortened', async () => {
  const { state } = await askedToWait(5 * S)
  expect(state()?.nextAt).toBe(1_000 + 30 * S)
})

test('“try now” reads at once; what was asked is over when the next answer asks nothing', async () => {
  const { poller, pass, times, last, state } = await askedToWait(240 * S)
  pass(3 * S)
  poller.readNow()
  expect(times()).toEqual([10 * S, 13 * S])
  await last()?.end(false)
  expect(state()?.nextAt).toBe(1_000 + 53 * S)
})

test.each([
  ['another tab', { hidden: true }, { hidden: false }],
  ['being offline', { online: false }, { online: true }],
] as const)('a return from %s does not read before that', async (_, away, back) => {
  const { pass, times, change, state } = await askedToWait(45 * S)
  change(away)
  pass(20 * S)
  change(back)
  expect(state()).toMatchObject({ phase: 'waiting', nextAt: 1_000 + 55 * S })
  expect(times()).toEqual([10 * S])
  pass(25 * S)
  expect(times()).toEqual([10 * S, 55 * S])
})

test('a return after that reads at once', async () => {
  const { pass, times, change } = await askedToWait(45 * S)
  change({ hidden: true })
  pass(100 * S)
  change({ hidden: false })
  expect(times()).toEqual([10 * S, 110 * S])
})

test('neither the end of a pause nor another interval reads before that', async () => {
  const { poller, pass, times } = await askedToWait(45 * S)
  poller.setInterval(null)
  pass(10 * S)
  poller.setInterval(2 * S)
  pass(10 * S)
  poller.setInterval(10 * S)
  pass(24 * S)
  expect(times()).toEqual([10 * S])
  pass(1 * S)
  expect(times()).toEqual([10 * S, 55 * S])
})

test('a reading by hand in a pause is not taken for a wait when the pause ends', async () => {
  const { poller, state } = await askedToWait(45 * S)
  poller.setInterval(null)
  poller.readNow()
  poller.setInterval(10 * S)
  expect(state()).toMatchObject({ phase: 'fetching', nextAt: null })
})
