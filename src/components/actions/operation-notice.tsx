import { useState } from 'react'
import { simpleActionOf } from '../../actions/index.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { formatElapsed, formatSpan } from '../../lib/times.ts'
import { useNow } from '../../lib/use-now.ts'
import { isOverdue, type Operation } from '../../operations/operation.ts'
import { answerQuestion } from '../../operations/sign-in-again.ts'
import { confirmRestart, keepWaiting, stopWatching } from '../../operations/watch.ts'
import { Button } from '../../ui/button.tsx'
import { Silent } from '../../ui/live-region.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ActionButton } from './action-button.tsx'
import { QueuedNotice } from './queued-notice.tsx'
import { notifyKeys, setNotify, whyNoNotifications } from './notify.ts'

/** The running operation: its time, when it becomes overdue, and buttons for what the user can do then. */
export function OperationNotice({ operation, ...machine }: MachineInGroup & { operation: Operation }) {
  const now = useNow()
  const { action, phase, key, label, inProgress, overdueAfter: limit } = operation
  const again = simpleActionOf(action)
  const instead = again?.ifIgnored
  const title = (inProgress ?? label).replace('…', '')
  if (phase === 'queued') return <QueuedNotice operation={operation} />
  if (phase === 'asking') {
    return (
      <Notice
        tone="warn"
        role="alert"
        title={`${label}: ${operation.note}`}
        actions={
          <>
            <Button onClick={() => answerQuestion(key, false)}>Don’t send</Button>
            <Button variant="primary" onClick={() => answerQuestion(key, true)}>
              Send
            </Button>
          </>
        }
      />
    )
  }
  if (phase === 'signing in') return <Notice tone="warn" title={`${label}: ${operation.note}`} />
  if (phase !== 'waiting' || limit === null) return null
  const waited = now - operation.patienceFrom
  const elapsed = formatElapsed(now - operation.begunAt)
  // Once a fetch has shown the machine off, the restart ends by itself, so nobody has to confirm it.
  const isOff = again?.watch?.unseenNote !== undefined && operation.evidence?.offSeen === true
  const wasMissed = again?.watch?.unseenNote !== undefined && !isOff
  if (!isOverdue(operation, now)) {
    return (
      <Notice
        title={title}
        actions={
          <>
            {instead && (
              <ActionButton {...machine} action={instead.now()}>
                Force stop…
              </ActionButton>
            )}
            <NotifyButton operationKey={key} />
          </>
        }
      >
        <div className="mt-1 flex flex-wrap items-center gap-3">
          <Meter className="flex-1 basis-40" value={waited} max={limit} label={`${title}, time waited`} />
          <span className="text-xs text-muted">
            {elapsed} · overdue after {formatSpan(limit)}
          </span>
        </div>
      </Notice>
    )
  }
  return (
    <Notice
      tone="warn"
      role="alert"
      title={`${title}: overdue`}
      actions={
        <>
          <Button onClick={() => keepWaiting(key)}>Keep waiting</Button>
          {again && (
            <ActionButton {...machine} action={again} variant="normal">
              {instead ? 'Press again' : 'Send again'}
            </ActionButton>
          )}
          {instead && (
            <ActionButton {...machine} action={instead.overdue()}>
              {instead.overdue().label}…
            </ActionButton>
          )}
          {wasMissed && <Button onClick={() => confirmRestart(key)}>Mark as restarted</Button>}
          <Button variant="quiet" onClick={() => stopWatching(key)}>
            Stop watching
          </Button>
        </>
      }
    >
      Waiting for <Silent>{elapsed}</Silent>, expected within {formatSpan(limit)}.{' '}
      {isOff ? OFF_HINT : instead ? GUEST_HINT : BIGV_HINT}
      {wasMissed &&
        operation.evidence?.headMoved &&
        machine.machine.vm.head &&
        ` It’s now on ${machine.machine.vm.head}, but no restart was seen.`}
    </Notice>
  )
}

const GUEST_HINT = 'The guest may ignore the power button, or still be busy.'
const OFF_HINT = 'The guest has shut down, but the machine isn’t running again yet.'
const BIGV_HINT = 'BigV may still carry out the request.'

/** Turns the browser's notification for the end of an operation on or off. */
function NotifyButton({ operationKey }: { operationKey: string }) {
  const wanted = notifyKeys.use((keys) => keys.includes(operationKey))
  const [problem, setProblem] = useState<string | null>(null)
  const press = async () => {
    setNotify(operationKey, !wanted)
    setProblem(wanted ? null : await whyNoNotifications())
  }
  return (
    <>
      <Button
        aria-pressed={wanted}
        className={wanted ? 'border-accent! text-accent!' : ''}
        onClick={() => void press()}
      >
        {wanted ? 'You’ll be notified' : 'Notify me when done'}
      </Button>
      <span role="status" className="basis-full text-xs text-muted empty:hidden">
        {problem}
      </span>
    </>
  )
}
