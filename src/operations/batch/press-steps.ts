import type { RequestTrace } from '../../api/errors.ts'
import type { PlannedRequest, Step } from '../operation.ts'

/** Takes the request of a press and returns its record while there is no answer: without what is pressed. */
export function unansweredStep({ method, path }: PlannedRequest): Step {
  return { method, path, body: { signal: 'sendkey', data: '1 press' }, trace: null }
}

/**
 * Takes the request of a press that arrived, the record of those before it, and how it went, and returns the record of all of
 * them in one: how many, and for how long, as a text of a thousand characters is one thing that was done.
 */
export function sentStep(
  planned: PlannedRequest,
  before: Step | undefined,
  trace: RequestTrace | null,
): Step {
  const times = (before?.times ?? 0) + 1
  const duration = (before?.trace?.duration ?? 0) + (trace?.duration ?? 0)
  const startedAt = before?.trace?.startedAt ?? trace?.startedAt ?? 0
  return {
    ...unansweredStep(planned),
    body: { signal: 'sendkey', data: times === 1 ? '1 press' : `${times} presses` },
    trace: trace && { ...trace, startedAt, duration },
    times,
  }
}
