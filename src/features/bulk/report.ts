import { redacted } from '../../api/redact.ts'
import { csvText, type Cell } from '../../lib/download.ts'
import { yesNo } from '../../lib/text.ts'
import { isQueued, tally, type Batch, type BatchItem } from '../../operations/batch/batch.ts'
import type { SentRequest } from '../../operations/operation.ts'

const COLUMNS = 'account group id name result note autoreboot_on attempts started ended requests'.split(' ')

/** A machine's result, or its state if there is no result yet. */
export function resultOf(item: BatchItem): string {
  const { phase, overdue, result } = item
  if (isQueued(item)) return 'queued'
  if (phase === 'begun') return overdue ? 'overdue' : 'running'
  return result ?? 'unknown'
}

/** A row for each machine, with its requests in one cell. */
export function reportCsv({ items }: Batch): string {
  return csvText(COLUMNS, items.map(rowOf))
}

/** The batch, its counts, and each machine with its requests. */
export function reportJson(batch: Batch): string {
  const { action, username, rolling, atOnce, state, why, items } = batch
  const report = {
    action,
    username,
    rolling,
    in_parallel: atOnce,
    state: state === 'over' ? 'finished' : state,
    why,
    started: isoTime(batch.begunAt),
    ended: isoTime(batch.endedAt),
    counts: tally(items),
    machines: items.map(recordOf),
  }
  return `${JSON.stringify(redacted(report), null, 2)}\n`
}

function recordOf(item: BatchItem): unknown {
  const { ref, id, name, note, attempts, autoreboot, begunAt, endedAt, steps } = item
  return {
    account: ref.account,
    group: ref.group,
    id,
    name,
    result: resultOf(item),
    note,
    attempts,
    autoreboot_on: autoreboot,
    started: isoTime(begunAt),
    ended: isoTime(endedAt),
    requests: steps.map(({ method, path, body, trace }) => ({
      method,
      path,
      body: body ?? null,
      status: trace?.status ?? null,
      sent: isoTime(trace?.startedAt ?? null),
      duration_ms: trace?.duration ?? null,
    })),
  }
}

function rowOf(item: BatchItem): Cell[] {
  const { ref, id, name, note, attempts, autoreboot, begunAt, endedAt, steps } = item
  return [
    ref.account,
    ref.group,
    id,
    name,
    resultOf(item),
    note,
    autoreboot && `${yesNo(autoreboot.before)} → ${yesNo(autoreboot.after)}`,
    attempts,
    isoTime(begunAt),
    isoTime(endedAt),
    steps.map(stepText).join('\n'),
  ]
}

/** A request with its status, for example: PUT /accounts/… {"power_on":true} → 200 */
export function stepText({ method, path, body, trace }: SentRequest): string {
  const sent = [method, path, body === undefined || body === null ? '' : JSON.stringify(redacted(body))]
  const status = trace === null ? 'being sent' : trace.status === 0 ? 'no answer' : String(trace.status)
  return `${sent.filter(Boolean).join(' ')} → ${status}`
}

function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
