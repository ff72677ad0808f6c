import { csvText, type Cell } from '../../lib/download.ts'
import { redacted } from '../../api/redact.ts'
import type { Step } from '../operation.ts'
import { yesNo } from '../../lib/text.ts'
import { type Item, type Run, tally } from './run.ts'

const COLUMNS = [
  'account',
  'group',
  'id',
  'name',
  'result',
  'note',
  'autoreboot_on',
  'attempts',
  'begun',
  'ended',
  'requests',
]

/** Takes an item and returns how it stands, in a word or two: its result, or where it is on its way. */
export function standingOf({ phase, overdue, result }: Item): string {
  if (phase === 'queued') return 'not begun'
  if (phase === 'begun') return overdue ? 'overdue' : 'running'
  return result ?? 'not known'
}

/** Takes a run and returns its report as CSV: a row for each machine, with its requests in one cell. */
export function reportCsv({ items }: Run): string {
  return csvText(COLUMNS, items.map(rowOf))
}

/** Takes a run and returns its report as JSON text: what was asked, how it stands, and each machine with its requests. */
export function reportJson(run: Run): string {
  const { task, username, rolling, atOnce, state, why, items } = run
  const report = {
    action: task.action,
    username,
    rolling,
    at_once: atOnce,
    state,
    why,
    begun: isoTime(run.begunAt),
    ended: isoTime(run.endedAt),
    counts: tally(items),
    machines: items.map(recordOf),
  }
  return `${JSON.stringify(redacted(report), null, 2)}\n`
}

function recordOf(item: Item): unknown {
  const { ref, id, name, note, attempts, autoreboot, begunAt, endedAt, steps } = item
  return {
    account: ref.account,
    group: ref.group,
    id,
    name,
    result: standingOf(item),
    note,
    attempts,
    autoreboot_on: autoreboot,
    begun: isoTime(begunAt),
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

function rowOf(item: Item): Cell[] {
  const { ref, id, name, note, attempts, autoreboot, begunAt, endedAt, steps } = item
  return [
    ref.account,
    ref.group,
    id,
    name,
    standingOf(item),
    note,
    autoreboot && `${yesNo(autoreboot.before)} → ${yesNo(autoreboot.after)}`,
    attempts,
    isoTime(begunAt),
    isoTime(endedAt),
    steps.map(stepText).join('\n'),
  ]
}

/** Takes a request as it was sent and returns it in a line: "PUT /accounts/… {"power_on":true} → 200". */
export function stepText({ method, path, body, trace }: Step): string {
  const sent = [method, path, body === undefined || body === null ? '' : JSON.stringify(redacted(body))]
  const status = trace === null ? 'being sent' : trace.status === 0 ? 'no answer' : String(trace.status)
  return `${sent.filter(Boolean).join(' ')} → ${status}`
}

function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
