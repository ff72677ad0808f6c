import type { Action } from '../actions/action.ts'
import type { ApiError } from '../api/errors.ts'
import { tabStorage } from '../lib/browser/storage.ts'
import { formatClock } from '../lib/times.ts'
import { currentSession } from '../session/session.ts'
import type { Operation } from './operation.ts'

const KEY = 'bigv.forbidden'

/** What BigV has answered 403 to in one session: since its credentials were taken, in ms. */
interface Forbidden {
  since: number
  reasons: Record<string, string>
}

let known: Forbidden | null = null

/** What is refused: an action on a machine, by its id; on what has none, by its place and name. */
type What = Pick<Operation['target'], 'account' | 'group' | 'id' | 'name'>

/** Notes that BigV answered 403 to an action: it is not asked for it again in this session. */
export function noteForbidden(action: Action, target: What, error: ApiError): void {
  const { since, reasons } = ofThisSession()
  const at = formatClock(error.trace.startedAt + error.trace.duration)
  const reason = `${error.message} That was at ${at}; sign in anew to try again.`
  known = { since, reasons: { ...reasons, [keyOf(action, target)]: reason } }
  tabStorage.write(KEY, known)
}

/** Why an action is not to be asked for in this session: what BigV said when it refused it with 403; or null. */
export function forbiddenReason(action: Action, target: What): string | null {
  return ofThisSession().reasons[keyOf(action, target)] ?? null
}

// Whoever has signed in anew may have other rights by now.
function ofThisSession(): Forbidden {
  const { since } = currentSession()
  known ??= kept()
  if (known?.since !== since) known = { since, reasons: {} }
  return known
}

function kept(): Forbidden | null {
  const value = tabStorage.read(KEY)
  if (typeof value !== 'object' || value === null) return null
  const { since, reasons } = value as Record<string, unknown>
  if (typeof since !== 'number' || typeof reasons !== 'object' || reasons === null) return null
  const texts = Object.entries(reasons).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return { since, reasons: Object.fromEntries(texts) }
}

/** How far a 403 reaches: of what is not there yet it is the place that is refused; of a privilege, its name says whose and which. */
function keyOf({ name: action, on }: Action, { account, group, id, name }: What): string {
  switch (on) {
    case 'new machine':
      return JSON.stringify([action, account, group])
    case 'new group':
      return JSON.stringify([action, account])
    // One's rights over one machine need not be those over another.
    case 'privilege':
      return JSON.stringify([action, account, group, id, name])
    case 'machine':
    case 'group':
    case 'user':
      return JSON.stringify(id === null ? [action, account, group, name] : [action, id])
  }
}
