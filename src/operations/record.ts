import { redacted } from '../api/redact.ts'
import type { Operation } from './operation.ts'

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
    requests: steps.map(({ method, path, body, trace }) => ({
      method,
      path,
      body: body ?? null,
      status: trace?.status ?? null,
      sent: isoTime(trace?.startedAt ?? null),
      duration_ms: trace?.duration ?? null,
    })),
  })
}

/** Takes one operation or several and returns the record of it, or of them, as JSON text. */
export function recordText(recorded: Operation | readonly Operation[]): string {
  const data = isOne(recorded) ? recordOf(recorded) : recorded.map(recordOf)
  return `${JSON.stringify(data, null, 2)}\n`
}

function isOne(recorded: Operation | readonly Operation[]): recorded is Operation {
  return !Array.isArray(recorded)
}

function isoTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
