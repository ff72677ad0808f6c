import type { MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { formatElapsed, formatSpan } from '../../lib/times.ts'
import { keepWaiting, stopWatching } from '../../operations/watch.ts'
import { answerQuestion } from '../../operations/sign-in-again.ts'
import { isOverdue, type Operation } from '../../operations/operation.ts'
import { ask } from './ask.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import type { SimpleAction } from '../../actions/action.ts'
import { simpleActionOf } from '../../actions/index.ts'
import { Button } from '../../ui/button.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TellButton } from './tell-button.tsx'
import { useNow } from '../../lib/use-now.ts'

interface Props {
  operation: Operation
  group: GroupRef
  machine: MachineData
}

/** What is under way on this machine: how long already, what is usual, and what can be done when it takes longer. */
export function OperationNotice({ operation, group, machine }: Props) {
  const now = useNow()
  const disabledReasonOf = useDisabledReason(machine)
  const { action, phase, key } = operation
  const { label, inProgress, overdueAfter: limit } = operation
  const again = simpleActionOf(action)
  const instead = again?.ifIgnored
  const title = (inProgress ?? label).replace('…', '')
  if (phase === 'asking') {
    return (
      <Notice
        tone="warn"
        role="alert"
        title={`${label}: ${operation.note}`}
        actions={
          <>
            <Button onClick={() => answerQuestion(key, false)}>Do not send</Button>
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
  const asked = `asked ${formatElapsed(now - operation.begunAt)} ago`
  const button = (to: SimpleAction, text: string) => (
    <Button disabledReason={disabledReasonOf(to)} onClick={() => ask(to, group, machine)}>
      {text}
    </Button>
  )
  if (!isOverdue(operation, now)) {
    return (
      <Notice
        title={title}
        actions={
          <>
            {instead && button(instead.now(), 'Stop now')}
            <TellButton operationKey={key} />
          </>
        }
      >
        <div className="mt-1 flex flex-wrap items-center gap-3">
          <Meter
            className="flex-1 basis-40"
            role="progressbar"
            value={waited}
            max={limit}
            label={`${title}, time waited`}
          />
          <span className="text-xs text-muted">
            {asked}, overdue after {formatElapsed(limit)}
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
          {again && button(again, 'Send again')}
          {instead &&
            button(
              instead.overdue(),
              instead.overdue() === instead.now() ? 'Stop now' : instead.overdue().label,
            )}
          <Button variant="quiet" onClick={() => stopWatching(key)}>
            Give up watching
          </Button>
        </>
      }
    >
      {asked}; {formatSpan(limit)} is usual. {instead ? GUEST : BIGV}
    </Notice>
  )
}

const GUEST = 'The guest may ignore the power button, or still be busy.'
const BIGV = 'BigV may still do it.'
