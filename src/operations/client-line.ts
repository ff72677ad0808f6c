import { shellQuote } from '../lib/shell-quote.ts'
import type { Action, Operation } from './operation.ts'

/**
 * The official client's commands (API reference, "Traffic of the official client"). Its `restart` goes about it in another
 * way, by shutting down, waiting and starting, but comes to the same.
 */
const COMMANDS: Partial<Record<Action, string>> = {
  start: 'start server',
  stop: 'stop server',
  reset: 'reset server',
  shut_down: 'shutdown server',
  restart: 'restart server',
  rescue: 'restart server --rescue',
  delete: 'delete server',
  purge: 'delete server --purge',
  undelete: 'restore server',
  create_group: 'add group',
  delete_group: 'delete group',
}
const ON_GROUPS = new Set<Action>(['create_group', 'delete_group'])

/**
 * Takes an operation and returns the command of the official client that does the same, or null where it has none, or
 * could not tell by the name which thing is meant: it parts server, group and account by dots.
 */
export function clientLine({ action, target }: Pick<Operation, 'action' | 'target'>): string | null {
  const command = COMMANDS[action]
  const { name, group, account } = target
  const parts = ON_GROUPS.has(action) ? [name, account] : [name, group, account]
  if (command === undefined || parts.some((part) => !/^[^.-][^.]*$/.test(part))) return null
  return `bytemark ${command} ${shellQuote(parts.join('.'))}`
}
