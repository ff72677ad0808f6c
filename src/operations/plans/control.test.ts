import { expect, test, vi } from 'vitest'
import { findPlan, putPlan } from '../plan-store.ts'
import { plan } from '../testing/samples.ts'
import { advanceLater } from './control.ts'

// As when a newer version was installed: the file is not there any more.
vi.mock('./advance.ts', () => {
  throw new Error('404')
})

test('a plan that cannot be advanced because the code for it does not load is halted, and says why', async () => {
  const { key } = plan()
  putPlan(plan())
  advanceLater(key)
  await expect.poll(() => findPlan(key)?.phase).toBe('halted')
  expect(findPlan(key)?.note).toContain('failed to load')
})
