import { formatClock } from '../../lib/times.ts'
import type { Operation } from '../../operations/operation.ts'
import { canStopPresses, stopPresses } from '../../operations/batch/key-presses.ts'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/fields/form-error.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Notice } from '../../ui/notice.tsx'

/** How sending presses went, as far as this page asked for it. */
export interface Sent {
  presses: readonly string[]
  /** How it ended; null where nothing was sent. */
  operation: Operation | null
  /** Why nothing was sent. */
  problem: { text: string; details?: string } | null
}

/** Presses on their way: how many have arrived, and the way to stop. */
export function PressProgress({ operation }: { operation: Operation }) {
  const { key, progress = { sent: 0, of: 1 }, otherTab, note } = operation
  return (
    <Notice
      title={`Sending: ${progress.sent} of ${progress.of} presses`}
      actions={
        <Button
          disabledReason={
            otherTab
              ? 'Another tab sends them: stop them there.'
              : canStopPresses(key)
                ? null
                : 'It stops after this press.'
          }
          onClick={() => stopPresses(key)}
        >
          Stop
        </Button>
      }
    >
      <Meter
        role="progressbar"
        label="Presses sent"
        className="mt-1.5"
        value={progress.sent}
        max={progress.of}
        text={`${progress.sent} of ${progress.of}`}
      />
      {note && <p className="mt-1">{note}</p>}
    </Notice>
  )
}

interface Props {
  sent: Sent
  onRest: (presses: readonly string[]) => void
}

/** How it ended. What is left is sent at the user's word only. */
export function PressOutcome({ sent, onRest }: Props) {
  const { operation, problem } = sent
  if (problem !== null) {
    return (
      <FormError
        title="Nothing was sent"
        text={problem.text}
        {...(problem.details !== undefined && { details: problem.details })}
      />
    )
  }
  if (operation === null) return null
  if (operation.outcome === 'done') {
    const count = sent.presses.length === 1 ? '1 press' : `${sent.presses.length} presses`
    return (
      <Notice tone="ok">{`Sent ${count} at ${formatClock(operation.endedAt ?? operation.begunAt)}.`}</Notice>
    )
  }
  const rest = restOf(sent)
  const stopped = operation.outcome === 'no longer watching'
  return (
    <Notice
      tone={stopped ? 'info' : operation.outcome === 'unclear' ? 'warn' : 'danger'}
      title={stopped ? 'Not all was sent' : 'Sending broke off'}
      actions={
        rest.length > 0 && (
          <Button onClick={() => onRest(rest)}>
            {rest.length === 1 ? 'Send the last press' : `Send the remaining ${rest.length}`}
          </Button>
        )
      }
    >
      {operation.note}
    </Notice>
  )
}

/** The presses that are left after a failure, without one that may have arrived. */
function restOf({ presses, operation }: Sent): readonly string[] {
  if (operation === null || operation.outcome === 'done') return []
  const sent = operation.progress?.sent ?? 0
  return presses.slice(operation.outcome === 'unclear' ? sent + 1 : sent)
}
