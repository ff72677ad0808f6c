import { redacted } from '../../api/redact.ts'
import type { PlannedRequest } from '../../operations/operation.ts'

/**
 * Takes a request and returns it as it will be sent, in text: its line, and its body without secrets. What is not filled
 * in yet shows as "…".
 */
export function requestText({ method, path, body }: PlannedRequest): string {
  return `${method} ${path}\n\n${JSON.stringify(redacted(body), unfilled, 2)}`
}

function unfilled(_key: string, value: unknown): unknown {
  return value === '' || Number.isNaN(value) ? '…' : value
}
