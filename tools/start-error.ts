import { inspect } from 'node:util'

/**
 * A start that cannot work because of a setting or of the machine: the message says what to do, and a stack trace
 * would hide it. Vite prints such errors with `inspect`, our own commands with `message`.
 */
export class StartError extends Error {
  [inspect.custom](): string {
    return this.message
  }

  override name = 'StartError'
}
