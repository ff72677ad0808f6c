import type { Action } from '../actions/action.ts'
import type { ApiError } from '../api/errors.ts'
import { persisted } from '../lib/persisted.ts'
import { z } from '../lib/schema.ts'
import { createStore } from '../lib/store.ts'
import { formatClock } from '../lib/times.ts'
import { currentSession } from '../session/session.ts'
import type { Operation } from './operation.ts'

const schema = z.object({ since: z.number(), reasons: z.record(z.string(), z.string()) })

/** What BigV has answered 403 to in one session: since its credentials were taken, in ms. */
const forbidden = persisted(createStore<z.infer<typeof schema>>({ since: 0, reasons: {} }), {
  key: 'bigv.forbidden',
  where: 'tab',
  schema,
})

/** What is refused: an action on a machine, by its id; on what has none, by its place and name. */
type What = Pick<Operation['target'], 'account' | 'group' | 'id' | 'name'>

/** Notes that BigV answered 403 to an action: it is not asked for it again in this session. */
export function noteForbidden(action: Action, target: What, error: ApiError): void {
  const at = formatClock(error.trace.startedAt + error.trace.duration)
  const reason = `${error.message} That was at ${at}; sign in anew to try again.`
  forbidden.set({
    since: currentSession().since,
    reasons: { ...reasonsOfThisSession(), [keyOf(action, target)]: reason },
  })
}

/** Why an action is not to be asked for in this session: what BigV said when it refused it with 403; or null. */
export function forbiddenReason(action: Action, target: What): string | null {
  return reasonsOfThisSession()[keyOf(action, target)] ?? null
}

// Whoever has signed in again may have other rights by now.
function reasonsOfThisSession(): Record<string, string> {
  const { since, reasons } = forbidden.get()
  return since === currentSession().since ? reasons : {}
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
