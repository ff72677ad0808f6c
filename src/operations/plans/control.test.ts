import { expect, test, vi } from 'vitest'
import { findPlan, putPlan } from '../plan-store.ts'
import { plan } from '../testing/samples.ts'
import { advanceLater } from './control.ts'

// After an update of the dashboard on the server, the file with the old code no longer exists.
vi.mock('./advance.ts', () => {
  throw new Error('404')
})

test('a plan is halted, with the reason, if the code to advance it fails to load', async () => {
  const { key } = plan()
  putPlan(plan())
  advanceLater(key)
  await expect.poll(() => findPlan(key)?.phase).toBe('halted')
  expect(findPlan(key)?.note).toContain('failed to load')
})
