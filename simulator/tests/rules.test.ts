import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { contradictions } from '../rules/contradictions.ts'
import { limits } from '../rules/limits.ts'
import { power, powerTable } from '../rules/power.ts'
import { refusals } from '../rules/refusals.ts'
import { rights } from '../rules/rights.ts'
import { statuses } from '../rules/statuses.ts'
import { times } from '../rules/times.ts'
import { words } from '../rules/words.ts'

const rows = [limits, times, words, statuses, power, rights, refusals].flatMap((table) =>
  Object.values(table),
)

test('every rule names its section and its source', () => {
  expect(rows.length).toBeGreaterThan(50)
  for (const row of [...rows, ...powerTable]) {
    expect(row.says).not.toBe('')
    expect(row.source.length).toBeGreaterThan(0)
    expect(row.section).toBeGreaterThanOrEqual(1)
    expect(row.section).toBeLessThanOrEqual(13)
  }
})

test.each(contradictions)(
  'the choice about "$subject" is shown by a test',
  async ({ shownBy: [file, title] }) => {
    const text = await readFile(new URL(`../${file}`, import.meta.url), 'utf8')
    expect(text.includes(`'${title}'`)).toBe(true)
  },
)

test('refusals are of statuses that the official client knows', () => {
  // 405 and 413 answer only what no client sends
  const known = [400, 401, 403, 404, 500, 405, 413]
  for (const { status } of Object.values(refusals)) expect(known).toContain(status)
})
