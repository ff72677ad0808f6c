import { useEffect, useRef, useState, type ReactNode } from 'react'
import { bind } from '../../actions/action.ts'
import { sendKeys } from '../../actions/rescue.ts'
import { messageOf, traceLine } from '../../api/errors.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { formatClock, formatSpan } from '../../lib/times.ts'
import { beginPresses, canStopPresses, stopPresses } from '../../operations/batch/key-presses.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import type { Operation, PlannedRequest } from '../../operations/operation.ts'
import { operationEnd } from '../../operations/store.ts'
import { useOperations } from '../../operations/use-operations.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { SelectField } from '../../ui/fields/select-field.tsx'
import { Meter } from '../../ui/meter.tsx'
import { FormError, Notice } from '../../ui/notice.tsx'

const MOST = 2_000
const PACES = [
  { value: '50', label: '20 a second' },
  { value: '100', label: '10 a second' },
  { value: '250', label: '4 a second' },
  { value: '1000', label: '1 a second' },
]

interface Props {
  group: GroupRef
  machine: MachineData
  presses: readonly string[]
  /** The reason while there are no presses. */
  missing: string
  /** Why the presses cannot be sent, or null. */
  problem: string | null
  /** Called when all have arrived. */
  onSent: () => void
  /** Shows the presses. */
  children: ReactNode
}

export function SendPresses({ group, machine, presses, missing, problem, onSent, children }: Props) {
  const disabledReasonOf = useDisabledReason(machine)
  const [pace, setPace] = useState('100')
  const { send, sent, asking, underWay } = usePressSending(group, machine)
  const disabledReason =
    disabledReasonOf(sendKeys) ??
    (underWay && !asking ? 'Keys are on their way to it already.' : null) ??
    problem ??
    (presses.length === 0 ? missing : null) ??
    (presses.length > MOST ? `At most ${MOST} presses at a time; these are ${presses.length}.` : null)
  const start = async (which: readonly string[]) => {
    if (await send(which, Number(pace))) onSent()
  }
  const requests = presses.slice(0, MOST).flatMap((data) => bind(sendKeys, data).requests(group, machine.vm))

  return (
    <Card title="To be sent" padded>
      <div className="grid gap-4">
        {children}
        <PressesPreview requests={requests} />
        <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
          <SelectField
            label="Pace"
            className="w-36"
            value={pace}
            options={PACES}
            onChange={(event) => setPace(event.currentTarget.value)}
          />
          <Button
            variant="primary"
            disabledReason={disabledReason}
            pending={asking}
            onClick={() => void start(presses)}
          >
            Send
          </Button>
          {presses.length > 1 && (
            <p className="pb-1.5 text-muted">
              {presses.length} presses, at least {formatSpan(Math.max(1000, presses.length * Number(pace)))}
            </p>
          )}
        </div>
        {underWay?.progress && <PressProgress operation={underWay} />}
        <div role="status">
          {sent && !underWay && <PressOutcome sent={sent} onRest={(rest) => void start(rest)} />}
        </div>
      </div>
    </Card>
  )
}

/** Sends presses to a machine, and follows them until the page is left; sending continues after that. */
function usePressSending(ref: GroupRef, { vm }: MachineData) {
  const [sent, setSent] = useState<Sent | null>(null)
  const [asking, setAsking] = useState(false)
  const unmounted = useRef<AbortController>(null)
  useEffect(() => {
    unmounted.current = new AbortController()
    return () => unmounted.current?.abort()
  }, [])
  const underWay = useOperations().find(
    ({ action, phase, target }) => action === sendKeys.name && phase !== 'ended' && target.id === vm.id,
  )

  /** Resolves to whether all arrived. */
  const send = async (presses: readonly string[], everyMs: number): Promise<boolean> => {
    setAsking(true)
    setSent(null)
    const begun = await beginPresses({ ref, id: vm.id, name: vm.name, presses, everyMs })
    setAsking(false)
    if (begun.is === 'begun') {
      const end = await operationEnd(begun.key, unmounted.current?.signal ?? AbortSignal.abort())
      if (end !== null) setSent({ presses, operation: end.operation, problem: null })
      return end?.operation.outcome === 'done'
    }
    const problem =
      begun.is === 'fetch failed'
        ? {
            text: `The machine has to be read first, and that failed. ${messageOf(begun.error)}`,
            details: traceLine(begun.error.trace),
          }
        : { text: begun.is === 'refused' ? begun.reason : 'The machine has changed.' }
    setSent({ presses, operation: null, problem })
    return false
  }
  return { send, sent, asking, underWay }
}

/** The exact requests; as all go to one path, it is shown once. */
function PressesPreview({ requests }: { requests: readonly PlannedRequest[] }) {
  const [first] = requests
  if (first === undefined) return null
  const count = requests.length === 1 ? '1 request' : `${requests.length} requests, in this order`
  return (
    <details open={requests.length <= 12} className="overflow-hidden rounded-lg border border-line">
      <summary className="cursor-pointer px-3.5 py-2 text-xs font-semibold text-muted">
        What will be sent: {count}
      </summary>
      <section
        aria-label="Requests to be sent"
        className="max-h-48 overflow-y-auto border-t border-line bg-raised px-3.5 py-2 font-mono text-xs wrap-anywhere"
      >
        {first.method} {first.path}
        <pre className="whitespace-pre-wrap">
          {requests.map(({ body }) => JSON.stringify(body)).join('\n')}
        </pre>
      </section>
    </details>
  )
}

/** How sending presses from this page went. */
interface Sent {
  presses: readonly string[]
  /** How it ended; null if nothing was sent. */
  operation: Operation | null
  /** Why nothing was sent. */
  problem: { text: string; details?: string } | null
}

function PressProgress({ operation }: { operation: Operation }) {
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

interface OutcomeProps {
  sent: Sent
  onRest: (presses: readonly string[]) => void
}

/** How it ended, with a button that sends the rest. */
function PressOutcome({ sent, onRest }: OutcomeProps) {
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

/** The presses left after a failure, without one that may have arrived. */
function restOf({ presses, operation }: Sent): readonly string[] {
  if (operation === null || operation.outcome === 'done') return []
  const sent = operation.progress?.sent ?? 0
  return presses.slice(operation.outcome === 'unclear' ? sent + 1 : sent)
}
