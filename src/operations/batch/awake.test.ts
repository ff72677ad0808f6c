import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { REF } from '../../api/testing/machines.ts'
import { endOperation, putOperation } from '../store.ts'
import { operation } from '../testing/samples.ts'
import { keepAwake } from './awake.ts'
import { addBatch, newItem, updateBatch, updateItem, type Batch } from './batch.ts'
import { addCreateBatch, updateCreateBatch, type CreateBatch } from './create-batches.ts'

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

const CREATING: CreateBatch = {
  key: 'c',
  ...REF,
  username: 'demo',
  begunAt: 0,
  state: 'running',
  why: '',
  items: [],
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

const listeners = new Map<string, (event: { preventDefault: () => void }) => void>()
const release = vi.fn<() => Promise<void>>(() => Promise.resolve())
const request = vi.fn<() => Promise<unknown>>(() => Promise.resolve({ release, addEventListener: () => {} }))

beforeAll(() => {
  vi.stubGlobal('addEventListener', (type: string, listener: () => void) => listeners.set(type, listener))
  vi.stubGlobal('document', {
    hidden: false,
    addEventListener: (type: string, listener: () => void) => listeners.set(type, listener),
  })
  vi.stubGlobal('navigator', { wakeLock: { request } })
  keepAwake()
})
afterAll(() => void vi.unstubAllGlobals())

/** True if the tab asks before closing; and how often the screen lock was acquired and released. */
async function state() {
  await settle()
  const preventDefault = vi.fn<() => void>()
  listeners.get('beforeunload')?.({ preventDefault })
  return [preventDefault.mock.calls.length > 0, request.mock.calls.length, release.mock.calls.length]
}

const SENDERS: Record<string, { begin: () => void; change: () => void; end: () => void }> = {
  'a bulk batch': {
    begin: () => addBatch(BATCH),
    change: () => updateBatch('k', { atOnce: 2 }),
    end() {
      updateItem('k', 1, { phase: 'ended', result: 'done' })
      updateBatch('k', { state: 'over' })
    },
  },
  'several new machines': {
    begin: () => addCreateBatch(CREATING),
    change: () => updateCreateBatch('c', { state: 'stopping' }),
    end: () => updateCreateBatch('c', { state: 'ended' }),
  },
  'key presses': {
    begin: () => putOperation(operation({ action: 'send_keys', phase: 'sending', expects: { presses: 3 } })),
    change: () => putOperation(operation({ key: 'another tab’s', otherTab: true, expects: { presses: 3 } })),
    end: () => endOperation(operation().key, 'done', ''),
  },
}

test.each(Object.keys(SENDERS))(
  'the tab keeps the screen awake and asks before it is closed only during %s',
  async (name) => {
    request.mockClear()
    release.mockClear()
    const { begin, change, end } = SENDERS[name]!
    expect(await state()).toEqual([false, 0, 0])
    begin()
    expect(await state()).toEqual([true, 1, 0])
    change()
    expect(await state()).toEqual([true, 1, 0])
    end()
    expect(await state()).toEqual([false, 1, 1])
  },
)
