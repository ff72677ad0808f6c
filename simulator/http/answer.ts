import { statuses } from '../rules/statuses.ts'

/** An answer before it is sent: `body` is JSON text, plain text, or null for none. */
export type Answer = {
  status: number
  contentType: 'application/json' | 'text/plain' | null
  body: string | null
  headers?: Record<string, string>
}

/** Returns an answer with JSON of that value. */
export const json = (status: number, value: unknown): Answer => jsonText(status, JSON.stringify(value))

/**
 * Returns an answer with text that is JSON already. The header has no charset: the Python client takes anything but the
 * bare type for plain text. [python]
 */
export const jsonText = (status: number, body: string): Answer => ({
  status,
  contentType: 'application/json',
  body,
})

/** Returns an answer in plain text. */
export const plain = (status: number, body: string): Answer => ({ status, contentType: 'text/plain', body })

/** Returns the answer to a DELETE, without a body. [docs] */
export const noContent = (): Answer => ({ status: statuses.removed.value, contentType: null, body: null })
