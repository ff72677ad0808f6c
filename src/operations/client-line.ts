import { shellQuote } from '../lib/shell-quote.ts'
import type { Action, Operation, Target } from './operation.ts'

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

type Told = Pick<Operation, 'action' | 'target'> & Partial<Pick<Operation, 'also' | 'steps' | 'expects'>>
type Body = Readonly<Record<string, unknown>>

/**
 * Takes an operation and returns the command of the official client that does the same, or null where it has none, or
 * could not tell by the name which thing is meant: it parts server, group and account by dots.
 */
export function clientLine(operation: Told): string | null {
  const { action, target } = operation
  const command = COMMANDS[action]
  const name = ON_GROUPS.has(action) ? groupName(target) : serverName(target)
  const words = command === undefined ? wordsOf(operation) : [...command.split(' '), name]
  const known = (words ?? []).filter((word) => word !== null)
  if (words === null || known.length < words.length) return null
  return ['bytemark', ...known].map(shellQuote).join(' ')
}

/** The words of commands that need more than a name; null for no such command, or in place of what cannot be told. */
function wordsOf({ action, target, also, steps = [], expects }: Told): (string | null)[] | null {
  const { path = '', body } = steps.at(-1) ?? {}
  const sent = isBody(body) ? body : {}
  // The client takes a disc's id for its label.
  const disc = /\/discs\/(\d+)/.exec(path)?.[1] ?? null
  const server = serverName(target)
  switch (action) {
    case 'add_disc':
      return ['add', 'discs', '--disc', discSpec(sent), server]
    case 'change_disc':
      return discChange(sent, also, [server, disc])
    case 'purge_disc':
      return ['delete', 'disc', '--id', disc]
    case 'backup_disc':
      return ['backup', 'disc', server, disc]
    case 'schedule_backups':
      // It has no word for how many are kept, and sends 0.
      if (sent['capacity'] !== 0) return null
      return [
        'schedule',
        'backups',
        '--start',
        text(sent['start_at']),
        server,
        disc,
        text(sent['interval_seconds']),
      ]
    case 'swap_ips': {
      const extra = sent['move_additional_ips'] === true ? ['--swap-extra-ips'] : []
      return [
        'update',
        'server',
        '--server',
        server,
        '--swap-ips-with',
        also ? serverName(also) : null,
        ...extra,
      ]
    }
    case 'grant_privilege':
    case 'revoke_privilege':
      return privilegeWords(action, target, sent, expects ?? {})
    default:
      return null
  }
}

function discSpec({ label, storage_grade, size }: Body): string | null {
  const parts = [text(label), text(storage_grade), text(size)]
  return parts.some((part) => part === null || part.includes(':')) ? null : `${parts.join(':')}M`
}

/** It either grows a disc or moves it. */
function discChange(
  sent: Body,
  also: Target | undefined,
  which: (string | null)[],
): (string | null)[] | null {
  const [name, ...more] = Object.keys(sent)
  if (more.length > 0) return null
  if (name === 'size') return ['update', 'disc', ...which, '--new-size', `${text(sent['size'])}M`]
  if (name !== 'virtual_machine_id') return null
  return ['update', 'disc', ...which, '--new-server', also ? serverName(also) : null]
}

function privilegeWords(action: Action, target: Target, sent: Body, { level, on, username }: Body) {
  const granted = action === 'grant_privilege'
  // It has no words for these.
  if (sent['yubikey_otp_max_age'] || sent['ip_restrictions'] || typeof on !== 'string') return null
  const names = { vm: [on, target.group, target.account], group: [on, target.account], account: [on] }
  const kind = target.id !== null ? 'vm' : target.group !== '' ? 'group' : 'account'
  const yubikey = sent['yubikey_required'] === true ? ['--yubikey-required'] : []
  return [
    granted ? 'grant' : 'revoke',
    'privilege',
    ...yubikey,
    text(level),
    'on',
    dotted(names[kind]),
    granted ? 'to' : 'from',
    text(username),
  ]
}

function serverName({ name, group, account }: Target): string | null {
  return dotted([name, group, account])
}

function groupName({ name, account }: Target): string | null {
  return dotted([name, account])
}

function dotted(parts: readonly string[]): string | null {
  return parts.every((part) => /^[^.-][^.]*$/.test(part)) ? parts.join('.') : null
}

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null
}
