import { commandLine } from '../../actions/cli.ts'
import { actions } from '../../actions/index.ts'
import { redacted } from '../../api/redact.ts'
import { shellQuote } from '../../lib/text.ts'
import type { Operation, SentRequest } from '../operation.ts'
import { planTitle, stepLabel, type Plan } from '../plan.ts'
import { changeInWords, type ChangeElsewhere } from './changes-elsewhere/change.ts'

// An operation in the forms that users copy or export: the official client's command, curl commands, and JSON.

/** The official client's command for a sent operation, or null. */
export function clientLine(
  operation: Pick<Operation, 'action' | 'target'> & Partial<Pick<Operation, 'also' | 'steps' | 'expects'>>,
): string | null {
  return commandLine(actions[operation.action].cli, operation)
}

export interface Sender {
  /** BigV's URL without a slash at the end; undefined if the server didn't say. */
  url: string | undefined
  username: string
  /** True if this user signs in with a Yubikey. A one-time password only works once, so curl gets a placeholder. */
  otp: boolean
  /** True if this user signs in with a session token. The token is secret, so curl gets a placeholder. */
  token?: boolean
}

/**
 * The requests of an operation as curl commands, or null if there are none to run. With HTTP Basic, curl asks for the password, which the
 * commands don't include. Secrets in a body are dots, which the user has to replace.
 */
export function curlLines(
  { action, steps }: Pick<Operation, 'action' | 'steps'>,
  sender: Sender,
): string | null {
  // Key presses aren't recorded as they were sent, and BigV would refuse the recorded "3 presses".
  if (steps.length === 0 || actions[action].recordedBody) return null
  return curlCommands(steps, sender)
}

type Request = Pick<SentRequest, 'method' | 'path' | 'body'>

/** Requests as curl commands, as in `curlLines`. */
export function curlCommands(steps: readonly Request[], sender: Sender): string {
  const lines = steps.map((step) => curlOf(step, sender, steps.length > 1 ? ['-f'] : []))
  // Joined by && and run with -f, because BigV must not get a later request if it refuses an earlier one. Two pasted lines without && would
  // be worse: an old shell starts the first at once, and its password prompt reads the second.
  return lines.join(' &&\n')
}

/** Requests as HTTP: method, path and body, without secrets. */
export function httpText(requests: readonly Request[]): string {
  return requests
    .map(({ method, path, body }) =>
      [`${method} ${path}`, body !== undefined && body !== null && JSON.stringify(redacted(body))]
        .filter(Boolean)
        .join('\n'),
    )
    .join('\n\n')
}

/** Requests that haven't been sent as JSON text, without secrets. */
export function plannedText(requests: readonly Request[]): string {
  return asText(requests.map(({ method, path, body }) => ({ method, path, body: redacted(body) ?? null })))
}

function curlOf({ method, path, body }: Request, sender: Sender, flags: readonly string[]): string {
  const who = sender.token ? ['-H', 'Authorization: Bearer YOUR_TOKEN'] : ['-u', sender.username]
  const words = ['curl', ...flags, '-X', method, ...who, '-H', 'Accept: application/json']
  if (sender.otp) words.push('-H', 'X-Yubikey-OTP: YOUR_OTP')
  if (method !== 'GET' && method !== 'DELETE') {
    words.push('-H', 'Content-Type: application/json', '--data-raw', JSON.stringify(redacted(body) ?? {}))
  }
  words.push(`${sender.url ?? 'https://BIGV_HOST'}${path}`)
  return words.map(shellQuote).join(' ')
}

/**
 * An operation as plain data to copy or export: its action, target, user, times (ISO 8601), outcome and requests. There are no secrets, and
 * no fields other than those named here.
 */
export function recordOf(operation: Operation): unknown {
  const { action, target, username, phase, begunAt, endedAt, outcome, note, autoreboot, steps, plan } =
    operation
  return redacted({
    action,
    target: { account: target.account, group: target.group, id: target.id, name: target.name },
    username,
    begun: isoTime(begunAt),
    ended: isoTime(endedAt),
    phase,
    outcome,
    plan: plan ?? null,
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

export function recordText(operation: Operation): string {
  return asText(recordOf(operation))
}

/** The record of the whole activity as JSON text. */
export function activityText(
  operations: readonly Operation[],
  changes: readonly ChangeElsewhere[],
  plans: readonly Plan[],
): string {
  return asText({
    operations: operations.map(recordOf),
    plans: plans.map(planRecord),
    seen: changes.map(changeRecord),
  })
}

/** A plan's action and progress. The plan's operations refer to the plan by its key. */
function planRecord(plan: Plan): unknown {
  const { key, target, username, phase, begunAt, endedAt, note, steps, forceAfter } = plan
  return redacted({
    plan: key,
    title: planTitle(plan),
    target: { account: target.account, group: target.group, id: target.id, name: target.name },
    username,
    begun: isoTime(begunAt),
    ended: isoTime(endedAt),
    phase,
    note,
    plug_pulled_after_ms: forceAfter,
    steps: steps.map((step) => ({ step: stepLabel(plan, step), done: step.done, note: step.note })),
  })
}

function changeRecord(change: ChangeElsewhere): unknown {
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
