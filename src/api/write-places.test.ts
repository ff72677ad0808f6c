import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTabLocks, type Locks } from '../lib/browser/tab-locks.ts'
import { takePlace } from './write-places.ts'

interface Write {
  urgent: boolean
  controller: AbortController
  state: 'waiting' | 'sending' | 'done' | 'cancelled'
  release: () => void
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

/** Writes of several tabs, which share the locks. */
class Tabs {
  writes: Write[] = []
  readonly locks: Locks = createTabLocks()

  begin(urgent: boolean): void {
    const write: Write = { urgent, controller: new AbortController(), state: 'waiting', release: () => {} }
    this.writes.push(write)
    takePlace(urgent, write.controller.signal, () => {}, this.locks).then(
      (release) => Object.assign(write, { state: 'sending', release }),
      () => Object.assign(write, { state: 'cancelled' }),
    )
  }

  /** BigV answers one of the writes that are being sent. */
  answer(which: number): void {
    const sending = this.in('sending')
    const write = sending[which % sending.length]
    if (write === undefined) return
    write.state = 'done'
    write.release()
  }

  cancel(which: number): void {
    const waiting = this.in('waiting')
    waiting[which % waiting.length]?.controller.abort()
  }

  in(state: Write['state']): Write[] {
    return this.writes.filter((write) => write.state === state)
  }
}

type Step =
  | { does: 'begin'; urgent: boolean }
  | { does: 'answer' | 'cancel'; which: number }
  /** Waits until the locks have reacted. Without this step, the next step comes before they do. */
  | { does: 'settle' }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ does: fc.constant('begin'), urgent: fc.boolean() }),
    fc.record({ does: fc.constantFrom('answer', 'cancel'), which: fc.nat(9) }),
    fc.constant({ does: 'settle' } as const),
  ),
  { minLength: 1, maxLength: 40 },
)

/** Takes the steps, and checks which writes hold a place whenever the locks have reacted. */
async function take(tabs: Tabs, all: readonly Step[]): Promise<void> {
  for (const step of all) {
    if (step.does === 'begin') tabs.begin(step.urgent)
    else if (step.does === 'answer') tabs.answer(step.which)
    else if (step.does === 'cancel') tabs.cancel(step.which)
    else {
      await settled()
      check(tabs)
    }
  }
}

function check(tabs: Tabs): void {
  const [sending, waiting] = [tabs.in('sending'), tabs.in('waiting')]
  const ordinary = sending.filter(({ urgent }) => !urgent).length
  expect(sending.length).toBeLessThanOrEqual(4)
  expect(ordinary).toBeLessThanOrEqual(3)
  if (waiting.some(({ urgent }) => urgent)) expect(sending).toHaveLength(4)
  // Others wait only while three places are taken; an urgent write takes the fourth only if the others are taken, too.
  if (waiting.some(({ urgent }) => !urgent)) expect(sending.length).toBeGreaterThanOrEqual(3)
  for (const { controller } of waiting) expect(controller.signal.aborted).toBe(false)
}

describe('the places for writes', () => {
  test('allow four writes at once, the fourth if urgent, and aren’t free while one waits', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const tabs = new Tabs()
        await take(tabs, [...all, { does: 'settle' }])
        // At the end, the writes that still wait get places, and then all four places are free.
        while (tabs.in('sending').length > 0) {
          tabs.answer(0)
          await settled()
          check(tabs)
        }
        expect(tabs.in('waiting')).toEqual([])
        for (let count = 0; count < 4; count++) tabs.begin(true)
        await settled()
        expect(tabs.in('sending')).toHaveLength(4)
      }),
      { numRuns: 100 },
    )
  })

  test('are given to waiting writes in order of arrival', async () => {
    const tabs = new Tabs()
    for (const urgent of [false, false, false, true, false, true, false]) {
      tabs.begin(urgent)
      await settled()
    }
    const states = () => tabs.writes.map(({ state }) => state)
    const before = ['sending', 'sending', 'sending', 'sending']
    expect(states()).toEqual([...before, 'waiting', 'waiting', 'waiting'])
    tabs.answer(0)
    await settled()
    expect(states().slice(4)).toEqual(['sending', 'waiting', 'waiting'])
    tabs.answer(0)
    await settled()
    expect(states().slice(4)).toEqual(['sending', 'sending', 'waiting'])
  })

  test('make an urgent write wait only if all four are taken', async () => {
    const tabs = new Tabs()
    const waits: string[] = []
    const begin = async (urgent: boolean, name: string) => {
      void takePlace(urgent, new AbortController().signal, () => waits.push(name), tabs.locks)
      await settled()
    }
    for (const name of ['re-image 1', 're-image 2', 're-image 3', 're-image 4']) await begin(false, name)
    await begin(true, 'force stop 1')
    await begin(true, 'force stop 2')
    expect(waits).toEqual(['re-image 4', 'force stop 2'])
  })
})
