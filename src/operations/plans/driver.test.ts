import { expect, test, vi } from 'vitest'
import { plan } from '../testing/samples.ts'
import { advanceLater } from './driver.ts'
import { findPlan, putPlan } from './store.ts'

// As when a newer version was installed: the file is not there any more.
vi.mock('./drive.ts', () => {
  throw new Error('404')
})

test('a plan whose driver cannot be loaded is halted, and says why', async () => {
  const { key } = plan()
  putPlan(plan())
  advanceLater(key)
  await expect.poll(() => findPlan(key)?.phase).toBe('halted')
  expect(findPlan(key)?.note).toContain('could not be loaded')
})
