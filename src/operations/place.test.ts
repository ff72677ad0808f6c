import { describe, expect, test, vi } from 'vitest'
import type { MachineActionName } from '../actions/index.ts'
import { REF } from '../api/testing/machines.ts'
import { status } from '../api/testing/simulated-bigv.ts'
import { signIn, signOut } from '../session/session.ts'
import { createMachine } from './create.ts'
import { cancelQueued } from './send.ts'
import { findOperation, operations } from './store.ts'
import { DEMO, keyOf, until, useMachineAtBigv } from './testing/machine-at-bigv.ts'
import { takePlace } from '../api/write-places.ts'

const bigv = useMachineAtBigv()

/** Takes places for writes, as other tabs would, and returns a function that releases them. */
async function fill(count: number): Promise<() => void> {
  const taken: (() => void)[] = []
  for (let place = 0; place < count; place++) {
    taken.push(await takePlace(place === 3, new AbortController().signal, () => {}))
  }
  return () => taken.forEach((release) => release())
}

async function queued(action: MachineActionName): Promise<string> {
  const key = keyOf(await bigv.begin(action))
  expect(findOperation(key)?.phase).toBe('queued')
  return key
}

const OFF = { power_on: false, autoreboot_on: false }
const off = () => ['PUT', bigv.path, { autoreboot_on: false }]

describe('an operation that waits because four writes are running', () => {
  test('is queued, and fetches the machine only when its turn comes', async () => {
    const release = await fill(3)
    const key = await queued('autoreboot_off')
    expect(await bigv.log()).toEqual([])
    release()
    expect((await until(key, 'ended')).outcome).toBe('done')
    expect(await bigv.log()).toEqual(['GET', off()])
  })

  test('doesn’t delay Force stop, as one of the four is kept for urgent actions', async () => {
    await fill(3)
    expect((await bigv.end('stop')).outcome).toBe('done')
  })

  test('is cancelled by Force stop on the same machine, and sends nothing', async () => {
    const release = await fill(3)
    const key = await queued('autoreboot_off')
    expect((await bigv.end('stop')).outcome).toBe('done')
    expect(findOperation(key)).toMatchObject({
      outcome: 'cancelled',
      note: '“Force stop” cancelled this while it was queued. Nothing was sent.',
    })
    release()
    await fill(3)
    expect(await bigv.writes()).toHaveLength(1)
  })

  test('is cancelled by the user, and sends nothing', async () => {
    const release = await fill(3)
    const key = await queued('autoreboot_off')
    cancelQueued(key)
    expect(findOperation(key)).toMatchObject({
      outcome: 'cancelled',
      note: 'You cancelled this while it was queued. Nothing was sent.',
    })
    release()
    await fill(3)
    expect(await bigv.log()).toEqual([])
  })

  test('sends nothing if the machine has changed by its turn, and says so in its record', async () => {
    const release = await fill(4)
    const decidedOn = { name: 'web', power_on: true, autoreboot_on: true }
    const key = keyOf(await bigv.begin('stop', { decidedOn }))
    await bigv.set({ autoreboot_on: false })
    release()
    expect(await until(key, 'ended')).toMatchObject({
      outcome: 'refused',
      note: 'The machine has changed in the meantime: Running, automatic restart off. Nothing was sent.',
    })
    expect(await bigv.writes()).toEqual([])
    await fill(4)
  })

  test('sends nothing if the action is no longer possible at its turn', async () => {
    const release = await fill(4)
    const key = await queued('shut_down')
    await bigv.set({ power_on: false, autoreboot_on: false })
    release()
    expect((await until(key, 'ended')).note).toBe('Not running. Nothing was sent.')
    expect(await bigv.writes()).toEqual([])
  })

  test('is dropped when its user signs out', async () => {
    const release = await fill(3)
    await queued('autoreboot_off')
    signOut()
    signIn({ ...DEMO, username: 'colleague' }, false)
    release()
    await fill(3)
    expect(await bigv.writes()).toEqual([])
  })

  test('fetches the machine instead of using a list that was fetched over 2 s ago', async () => {
    const release = await fill(4)
    const row = await bigv.vm()
    const begun = bigv.begin('start', { row, batch: 'b' })
    await vi.waitFor(() => expect(operations()).toMatchObject([{ phase: 'queued' }]))
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2_001 })
    release()
    expect(await begun).toEqual({ is: 'refused', reason: 'Already running.' })
    expect(await bigv.log()).toEqual(['GET'])
    vi.useRealTimers()
  })

  test('uses its batch’s list instead of a fetch if it was queued for 2 s at most', async () => {
    const release = await fill(4)
    await bigv.set(OFF)
    const row = await bigv.vm()
    const begun = bigv.begin('start', { row, batch: 'b' })
    await vi.waitFor(() => expect(operations()).toMatchObject([{ phase: 'queued' }]))
    release()
    expect(await begun).toMatchObject({ is: 'begun' })
    await vi.waitFor(async () => expect(await bigv.writes()).toHaveLength(1))
    expect((await bigv.log())[0]).toEqual(['PUT', bigv.path, { autoreboot_on: true, power_on: true }])
  })

  test('sends nothing if it creates a machine and the user cancels it', async () => {
    const release = await fill(3)
    const created = createMachine(REF, { virtual_machine: { name: 'new1' } } as never)
    await vi.waitFor(() => expect(operations()).toMatchObject([{ phase: 'queued' }]))
    for (const { key } of operations()) cancelQueued(key)
    expect(await created).toEqual({ is: 'not sent', reason: 'You cancelled this while it was queued.' })
    expect(operations()).toMatchObject([{ phase: 'ended', outcome: 'cancelled' }])
    release()
    expect(await bigv.log()).toEqual([])
  })
})

describe('an operation’s place among the four writes that may run at a time', () => {
  test('is kept for the signal that follows a PUT', async () => {
    const places: number[] = []
    bigv.onRequest = async () => {
      if (places.length < 3) places.push(await countFree())
    }
    await until(keyOf(await bigv.begin('shut_down')), 'waiting')
    // While the machine is fetched, and during the PUT and the signal.
    expect(places).toEqual([3, 3, 3])
    expect(await countFree()).toBe(4)
  })

  test('is free while the user is asked to sign in again, or whether to send the request', async () => {
    await bigv.answer('PUT', status(401))
    const key = keyOf(await bigv.begin('stop'))
    await until(key, 'signing in')
    expect(await countFree()).toBe(4)
    await bigv.set({ autoreboot_on: false })
    signIn(DEMO, false)
    await until(key, 'asking')
    expect(await countFree()).toBe(4)
  })

  test('is released when an operation ends without having sent anything', async () => {
    await bigv.set({ power_on: false, autoreboot_on: false })
    expect((await bigv.begin('shut_down')).is).toBe('refused')
    await bigv.answer('GET', status(403))
    expect((await bigv.begin('start')).is).toBe('fetch failed')
    const decidedOn = { name: 'other', power_on: false, autoreboot_on: false }
    expect((await bigv.begin('start', { decidedOn })).is).toBe('changed')
    expect(await countFree()).toBe(4)
  })
})

/** How many places are free. Takes them for a moment. */
async function countFree(): Promise<number> {
  const given: (() => void)[] = []
  for (;;) {
    const full = new AbortController()
    try {
      given.push(await takePlace(true, full.signal, () => full.abort()))
    } catch {
      given.forEach((release) => release())
      return given.length
    }
  }
}
