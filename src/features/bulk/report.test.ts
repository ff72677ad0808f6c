import { describe, expect, test } from 'vitest'
import { REF } from '../../api/testing/machines.ts'
import { newItem, tally, tallySentence, type Batch, type BatchItem } from '../../operations/batch/batch.ts'
import { reportCsv, reportJson } from './report.ts'

interface Parsed {
  counts: unknown
  machines: { result: string }[]
}

const decidedOn = { name: 'web', power_on: false, autoreboot_on: false }
const step = (status: number | null, body: unknown = { power_on: true }) => ({
  method: 'PUT',
  path: '/x',
  body,
  trace: status === null ? null : { method: 'PUT', path: '/x', status, startedAt: 0, duration: 5 },
})
const batch = (...items: Partial<BatchItem>[]): Batch => ({
  key: 'k',
  username: 'demo',
  action: 'start',
  rolling: false,
  atOnce: 4,
  items: items.map((item, at) => Object.assign(newItem(REF, at + 1, `web${at + 1}`, decidedOn), item)),
  state: 'over',
  why: '',
  begunAt: 0,
  endedAt: 1_000,
})

const BATCH = batch(
  {
    phase: 'ended',
    result: 'done',
    autoreboot: { before: false, after: true },
    attempts: 1,
    steps: [step(200)],
    begunAt: 0,
    endedAt: 500,
  },
  {
    phase: 'ended',
    result: 'unclear',
    note: '=HYPERLINK("x"), said BigV',
    attempts: 2,
    steps: [step(0), step(null)],
  },
  { phase: 'begun', operation: 'a', overdue: true, attempts: 1 },
  { phase: 'begun', operation: 'b', attempts: 1 },
  {},
)

describe('the report of a bulk run', () => {
  test('has a CSV row for each machine, with text that looks like a formula escaped', () => {
    const [head, first, ...others] = reportCsv(BATCH).trimEnd().split('\r\n')
    expect(head).toBe('account,group,id,name,result,note,autoreboot_on,attempts,started,ended,requests')
    expect(first).toBe(
      'acme,default,1,web1,done,,no → yes,1,1970-01-01T00:00:00.000Z,1970-01-01T00:00:00.500Z,"PUT /x {""power_on"":true} → 200"',
    )
    expect(others[0]).toContain('"\'=HYPERLINK(""x""), said BigV"')
    expect(others[0]).toContain('→ no answer\nPUT')
    expect(others.slice(1).map((line) => line.split(',')[4])).toEqual(['overdue', 'running', 'queued'])
  })

  test('counts each machine under the result that its row shows', () => {
    const results = [
      'done',
      'refused',
      'superseded',
      'unclear',
      'not sent',
      'cancelled',
      'no longer watching',
      'skipped',
    ] as const
    const ended = batch(...results.map((result) => ({ phase: 'ended' as const, result })))
    const { counts, machines } = JSON.parse(reportJson(ended)) as Parsed
    expect(machines.map(({ result }) => result)).toEqual(results)
    expect(counts).toMatchObject({
      total: 7,
      done: 1,
      failed: 2,
      unclear: 1,
      'not sent': 1,
      cancelled: 1,
      'no longer watching': 1,
      skipped: 1,
    })
    expect(tallySentence(tally(ended.items))).toBe(
      '7 of 7: 1 done, 2 failed, 1 unclear, 1 not sent, 1 cancelled, 1 no longer watching',
    )
  })

  test('can be exported as JSON, with the counts and without secrets', () => {
    const secret = batch({ phase: 'ended', result: 'done', steps: [step(200, { root_password: 'hunter2' })] })
    expect(reportJson(secret)).not.toContain('hunter2')
    const report = JSON.parse(reportJson(BATCH)) as { counts: unknown; machines: unknown[] }
    expect(report).toMatchObject({
      action: 'start',
      username: 'demo',
      in_parallel: 4,
      state: 'finished',
      ended: '1970-01-01T00:00:01.000Z',
    })
    expect(report.counts).toEqual({
      total: 5,
      queued: 1,
      running: 1,
      overdue: 1,
      done: 1,
      failed: 0,
      unclear: 1,
      'not sent': 0,
      cancelled: 0,
      'no longer watching': 0,
      skipped: 0,
    })
    expect(report.machines[0]).toMatchObject({
      id: 1,
      result: 'done',
      autoreboot_on: { before: false, after: true },
      requests: [{ method: 'PUT', path: '/x', body: { power_on: true }, status: 200, duration_ms: 5 }],
    })
  })
})
