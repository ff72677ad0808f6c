import { afterEach, expect, test, vi } from 'vitest'
import { REF } from '../../api/testing/machines.ts'
import { keepAwake } from './awake.ts'
import { addBatch, batches, newItem, updateBatch, updateItem, type Batch } from './batch.ts'

const BATCH: Batch = {
  key: 'k',
  username: 'demo',
  action: 'start',
  rolling: false,
  atOnce: 4,
  items: [newItem(REF, 1, 'web1', { name: 'web1', power_on: false, autoreboot_on: false })],
  state: 'running',
  why: '',
  begunAt: 0,
  endedAt: null,
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

afterEach(() => {
  batches.set([])
  vi.unstubAllGlobals()
})

test('the screen stays awake, and the tab asks before it is closed, while a batch is active; not before, and not after', async () => {
  const listeners = new Map<string, (event: { preventDefault: () => void }) => void>()
  const release = vi.fn<() => Promise<void>>(() => Promise.resolve())
  const request = vi.fn<() => Promise<unknown>>(() =>
    Promise.resolve({ release, addEventListener: () => {} }),
  )
  vi.stubGlobal('addEventListener', (type: string, listener: () => void) => listeners.set(type, listener))
  vi.stubGlobal('document', {
    hidden: false,
    addEventListener: (type: string, listener: () => void) => listeners.set(type, listener),
  })
  vi.stubGlobal('navigator', { wakeLock: { request } })
  const asks = () => {
    const preventDefault = vi.fn<() => void>()
    listeners.get('beforeunload')?.({ preventDefault })
    return preventDefault.mock.calls.length > 0
  }

  keepAwake()
  await settle()
  expect([asks(), request.mock.calls.length]).toEqual([false, 0])
  addBatch(BATCH)
  await settle()
  updateBatch('k', { atOnce: 2 })
  await settle()
  expect([asks(), request.mock.calls.length, release.mock.calls.length]).toEqual([true, 1, 0])
  updateItem('k', 1, { phase: 'ended', result: 'done' })
  updateBatch('k', { state: 'over' })
  await settle()
  expect([asks(), request.mock.calls.length, release.mock.calls.length]).toEqual([false, 1, 1])
})
