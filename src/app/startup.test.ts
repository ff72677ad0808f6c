import { beforeEach, expect, test, vi } from 'vitest'
import { REF } from '../api/testing/machines.ts'
import { fakeStorage } from '../lib/testing/fake-storage.ts'
import { findBatch } from '../operations/batch/batch.ts'
import { endOperation, operations, putOperation } from '../operations/store.ts'
import { useMachineAtBigv } from '../operations/testing/machine-at-bigv.ts'
import { operation } from '../operations/testing/samples.ts'
import { toast } from '../ui/toast.ts'

vi.mock('../ui/toast.ts', () => ({ toast: vi.fn(), dismissToast: vi.fn(), dismissToasts: vi.fn() }))

const RUNNING = { username: 'demo', state: 'running', why: '', begunAt: 1 }
// The machine is still off, because the stored Start operation is still running.
const bigv = useMachineAtBigv({ power_on: false, autoreboot_on: false })

const stored = () => ({
  'bigv.operations': [
    operation({ key: 'o', action: 'start', batch: 'b', target: bigv.target, begunAt: 2 }),
    operation({ key: 'c', action: 'create', batch: 'several', target: { ...REF, id: null, name: 'web1' } }),
  ],
  'bigv.bulk': [
    {
      ...RUNNING,
      key: 'b',
      action: 'start',
      rolling: false,
      atOnce: 4,
      endedAt: null,
      groups: [REF],
      items: [[0, bigv.id, 'web', 0, { phase: 'begun', operation: 'o', begunAt: 1 }]],
    },
  ],
  'bigv.create-runs': [
    {
      ...RUNNING,
      ...REF,
      key: 'several',
      items: [{ name: 'web1', is: 'begun', note: '', operation: 'c', holder: null }],
    },
  ],
})

beforeEach(() => {
  const entries = new Map(Object.entries(stored()).map(([key, value]) => [key, JSON.stringify(value)]))
  for (const where of ['sessionStorage', 'localStorage']) {
    vi.stubGlobal(
      where,
      fakeStorage(() => entries),
    )
  }
  vi.stubGlobal('document', { hidden: true, addEventListener: () => {} })
  vi.stubGlobal('addEventListener', () => {})
})

test('stored batches and creations continue after a reload, and end with a toast', async () => {
  // These modules are imported only now, because they read the storage when they are loaded.
  const { bulkReady } = await import('../features/bulk/bulk-request.ts')
  const { startServices } = await import('./startup.ts')
  expect(findBatch('b')).toBeUndefined()
  putOperation(operation({ key: 'early', action: 'start', username: 'demo' }))
  endOperation('early', 'done', '')
  startServices({ state: {} } as Parameters<typeof startServices>[0])
  // The early operation ended before there were listeners.
  expect(toast).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ title: 'web is running' }))
  vi.mocked(toast).mockClear()
  expect(operations().map(({ key }) => key)).toEqual(['o', 'c'])
  // The stored batch causes the code for batches to be loaded.
  await vi.waitFor(() => expect(bulkReady.get()).toBe(true), 10_000)
  expect(findBatch('b')?.items).toMatchObject([{ phase: 'begun', operation: 'o', result: null }])
  expect(toast).not.toHaveBeenCalled()
  endOperation('c', 'done', '')
  expect(toast).toHaveBeenCalledWith(
    expect.objectContaining({ id: 'several', tone: 'ok', title: '1 machine of default' }),
  )
})
