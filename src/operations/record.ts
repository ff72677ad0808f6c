import { redacted } from '../api/redact.ts'
import type { Operation } from './operation.ts'
import type { ObservedChange } from './observed/change.ts'
import { changeInWords } from './observed/wording.ts'

/**
 * Takes an operation and returns it as plain data to copy or keep: what, to which, by whom, when (ISO 8601), how it ended, and
 * its requests. Only what is named here gets out, and that without secrets.
 */
export function recordOf(operation: Operation): unknown {
  const { action, target, username, phase, begunAt, endedAt, outcome, note, autoreboot, steps } = operation
  return redacted({
    action,
    target: { account: target.account, group: target.group, id: target.id, name: target.name },
    username,
    begun: isoTime(begunAt),
    ended: isoTime(endedAt),
    phase,
    outcome,
    note,
    autoreboot_on: autoreboot && { before: autoreboot.before, after: autoreboot.after },
    requests: steps.map(({ method, path, body, trace, times }) => ({
      method,
      path,
      times: times ?? 1,
      body: body ?? null,
      status: trace?.status ?? null,
      sent: isoTime(trace?.startedAt ?? null),
      duration_ms: trace?.duration ?? null,
    })),
  })
}

/** Takes an operation and returns its record as JSON text. */
export function recordText(operation: Operation): string {
  return asText(recordOf(operation))
}

/** Takes operations and the changes that were seen, and returns the record of all as JSON text. */
export function activityText(operations: readonly Operation[], changes: readonly ObservedChange[]): string {
  return asText({ operations: operations.map(recordOf), seen: changes.map(seenRecord) })
}

function seenRecord(change: ObservedChange): unknown {
  const { account, group, id, name, what, before, after, after_ms, before_ms } = change
  return redacted({
    target: { account, group, id, name },
    seen: changeInWords(change),
    attribute: what,
    before,
    after,
    between: [isoTime(after_ms), isoTime(before_ms)],
  })
}

function asText(data: unknown): string {
  return `${JSON.stringify(data, null, 2)}\n`
}

function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
