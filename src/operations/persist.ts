import { tabStorage } from '../lib/storage.ts'
import { currentSession, subscribeSession } from '../session/session.ts'
import type { Operation } from './operation.ts'
import { clearOperations, operations, putOperation, subscribeOperations } from './store.ts'

const KEY = 'bigv.operations'

/**
 * Keeps the operations over a reload of the page, in sessionStorage, for the user who made them; steps hold no secrets. After a
 * reload those that waited are watched again; what was being sent just then may or may not have been. Call once, at the
 * start, when the session is known.
 */
export function keepOperations(): void {
  for (const operation of kept()) putOperation(afterReload(operation))
  subscribeOperations(() => {
    tabStorage.write(
      KEY,
      operations().filter(({ foreign }) => !foreign),
    )
  })
  let user = currentSession().credentials?.username
  subscribeSession(() => {
    const now = currentSession().credentials?.username
    if (now === user) return
    user = now
    clearOperations()
    tabStorage.remove(KEY)
  })
}

function kept(): Operation[] {
  const value = tabStorage.read(KEY)
  const user = currentSession().credentials?.username
  if (!Array.isArray(value) || user === undefined) return []
  return value.filter(
    (entry): entry is Operation =>
      isOperation(entry) && entry.username === user && entry.phase !== 'checking',
  )
}

function isOperation(value: unknown): value is Operation {
  return (
    typeof value === 'object' && value !== null && 'key' in value && 'phase' in value && 'target' in value
  )
}

function afterReload(operation: Operation): Operation {
  if (operation.phase === 'waiting' || operation.phase === 'ended') return operation
  const answered = operation.steps.some(({ trace }) => trace === null) ? 'unclear' : 'refused'
  return {
    ...operation,
    phase: 'ended',
    endedAt: Date.now(),
    outcome: answered,
    note:
      answered === 'unclear'
        ? 'The page was reloaded while this was being sent; whether BigV did it is not known. The machine’s state is read anew.'
        : 'The page was reloaded before it could be sent again.',
  }
}
