import { expect, test } from 'vitest'
import { refusals } from '../rules/refusals.ts'

test('every refusal of the simulator has a status that the official client knows', () => {
  // 405 and 413 are exempt: they answer only requests that no client sends
  const known = [400, 401, 403, 404, 500, 405, 413]
  for (const { status } of Object.values(refusals)) expect(known).toContain(status)
})
