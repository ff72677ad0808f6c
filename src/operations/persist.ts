import { actions, isActionName } from '../actions/index.ts'
import { tabStorage } from '../lib/browser/storage.ts'
import { currentSession } from '../session/session.ts'
import { onUserChange } from '../session/user-change.ts'
import { type Operation, pressesSentence, whatStays } from './operation.ts'
import { clearOperations, endOperation, operations, putOperation, subscribeOperations } from './store.ts'

const KEY = 'bigv.operations'
/** So few are written at each change. In a bulk run a hundred change a hundred times a second: they are written together. */
const FEW = 20
const WRITE_AFTER_MS = 200

let due = false
let timer: ReturnType<typeof setTimeout> | null = null

/**
 * Keeps the operations over a reload of the page, in sessionStorage, for the user who made them; steps hold no secrets. After a
 * reload those that waited are watched again, as soon as that user is signed in; what was being sent just then may or may not
 * have been. Call once, at the start, when the session is known.
 */
export function keepOperations(): void {
  for (const operation of kept()) putOperation(afterReload(operation))
  subscribeOperations(changed)
  globalThis.addEventListener?.('pagehide', writeDue)
  onUserChange((now) => {
    if (now !== undefined) endDropped()
    writeDue()
    const own = kept()
    clearOperations()
    if (now === undefined) tabStorage.remove(KEY)
    for (const operation of own) putOperation(afterReload(operation))
  })
}

function changed(): void {
  due = true
  if (operations().length <= FEW) writeDue()
  else
    timer ??= setTimeout(() => {
      timer = null
      writeDue()
    }, WRITE_AFTER_MS)
}

function writeDue(): void {
  if (!due) return
  due = false
  tabStorage.write(
    KEY,
    operations().filter(({ otherTab }) => !otherTab),
  )
}

// What waited for its user to sign in again goes with the others, but not without a word (design: "Sending").
function endDropped(): void {
  for (const { key, phase, otherTab } of operations()) {
    if (!otherTab && (phase === 'signing in' || phase === 'asking')) {
      endOperation(key, 'refused', 'Somebody else has signed in, so it was dropped.')
    }
  }
}

function kept(): Operation[] {
  const value = tabStorage.read(KEY)
  const user = currentSession().credentials?.username
  if (!Array.isArray(value) || user === undefined) return []
  return value
    .filter(
      (entry): entry is Operation =>
        // One of another version of the dashboard may be of an action that this one does not know.
        isOperation(entry) &&
        isActionName(entry.action) &&
        entry.username === user &&
        entry.phase !== 'checking',
    )
    .map(withExpects)
}

/** An earlier version of the dashboard kept in a field of its own whether a new machine was asked to be on. */
function withExpects(entry: Operation & { expectsPower?: unknown }): Operation {
  const { expectsPower, ...operation } = entry
  const isCreation = actions[operation.action].on === 'new machine' && operation.expects === null
  return isCreation ? { ...operation, expects: { power_on: expectsPower !== false } } : operation
}

function isOperation(value: unknown): value is Operation {
  return (
    typeof value === 'object' && value !== null && 'key' in value && 'phase' in value && 'target' in value
  )
}

function afterReload(operation: Operation): Operation {
  if (operation.phase === 'waiting' || operation.phase === 'ended') return operation
  if (operation.progress !== undefined) return pressesAfterReload(operation, operation.progress)
  const outcome = operation.steps.some(({ trace }) => trace === null) ? 'unclear' : 'refused'
  const note =
    outcome === 'unclear'
      ? 'The page was reloaded while this was being sent; whether BigV did it is not known. The machine’s state is read anew.'
      : 'The page was reloaded before it could be sent again.'
  return { ...operation, phase: 'ended', endedAt: Date.now(), outcome, note: note + whatStays(operation) }
}

function pressesAfterReload(operation: Operation, progress: NonNullable<Operation['progress']>): Operation {
  const unclear = operation.steps.some(({ trace }) => trace === null)
  return {
    ...operation,
    phase: 'ended',
    endedAt: Date.now(),
    outcome: unclear ? 'unclear' : 'no longer watching',
    note: `The page was reloaded. ${pressesSentence(progress, unclear)}`,
  }
}
