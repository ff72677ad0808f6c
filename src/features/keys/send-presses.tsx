import { useState, type ReactNode } from 'react'
import { bind } from '../../actions/action.ts'
import { pressesIn, sendKeys } from '../../actions/keys.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import { CopyPlanned } from '../../components/actions/copy-as.tsx'
import { QueuedNotice } from '../../components/actions/queued-notice.tsx'
import { Preview } from '../../components/actions/request-preview.tsx'
import { OtpForecast } from '../../components/otp.tsx'
import type { GroupRef } from '../../lib/links.ts'
import { atWhen, formatSpan } from '../../lib/times.ts'
import { canStopPresses, pressesOn, stopPresses, KEYS_BUSY } from '../../operations/batch/key-presses.ts'
import { newPressesAfter, pressesAfter } from '../../operations/batch/otp-forecast.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import type { Operation, PlannedRequest } from '../../operations/operation.ts'
import { useOperations } from '../../operations/store.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { SelectField } from '../../ui/fields/select-field.tsx'
import { Meter } from '../../ui/meter.tsx'
import { FormError, Notice } from '../../ui/notice.tsx'
import { usePressSending } from './use-press-sending.ts'

const MOST = 2_000
const PACES = [
  { value: '50', label: '20 per second' },
  { value: '100', label: '10 per second' },
  { value: '250', label: '4 per second' },
  { value: '1000', label: '1 per second' },
]

interface Props {
  group: GroupRef
  machine: MachineData
  presses: readonly string[]
  /** The reason to show while there are no presses to send. */
  reasonIfEmpty: string
  /** Why the presses cannot be sent, or null. */
  problem: string | null
  /** Called when all key presses were sent. */
  onSent: () => void
  /** Shows the presses. */
  children: ReactNode
}

export function SendPresses({ group, machine, presses, reasonIfEmpty, problem, onSent, children }: Props) {
  const disabledReasonOf = useDisabledReason(machine)
  const [pace, setPace] = useState('100')
  const { mutate, data: sent, variables, error, isPending } = usePressSending({ group, machine })
  const running = pressesOn(useOperations(), machine.vm.id)
  const beginning = isPending && (running === undefined || running.phase === 'checking')
  const disabledReason =
    disabledReasonOf(sendKeys) ??
    (running && !beginning ? KEYS_BUSY : null) ??
    problem ??
    (presses.length === 0 ? reasonIfEmpty : null) ??
    (presses.length > MOST
      ? `You can send up to ${MOST} key presses at a time. You have ${presses.length}.`
      : null)
  const start = (which: readonly string[]) =>
    mutate(
      { presses: which, everyMs: Number(pace) },
      { onSuccess: (operation) => operation?.outcome === 'done' && onSent() },
    )
  const requests = presses.slice(0, MOST).flatMap((data) => bind(sendKeys, data).requests(group, machine.vm))

  const count = presses.length === 1 ? '1 press' : `${presses.length} presses`
  const span = formatSpan(Math.max(1000, presses.length * Number(pace)))

  return (
    // Beside the keys, Send is below what will be sent, and both stay in view. On a narrow page, Send is a bar at the bottom.
    <div className="contents @3xl:sticky @3xl:top-16 @3xl:flex @3xl:max-h-[calc(100dvh-5rem)] @3xl:flex-col @3xl:rounded-xl @3xl:border @3xl:border-line @3xl:bg-surface">
      <Card title="To send" className="@3xl:min-h-0 @3xl:overflow-y-auto! @3xl:border-0">
        <div className="grid gap-3 p-3.5">
          {children}
          <SelectField
            label="Pace"
            value={pace}
            options={PACES}
            onChange={(event) => setPace(event.currentTarget.value)}
          />
          {requests.length > 0 && <PressesPreview requests={requests} />}
          {running && <PressProgress operation={running} />}
          {!running?.otherTab && (
            <OtpForecast
              total={(running && pressesIn(running)?.of) ?? presses.length}
              of="key presses"
              after={(end, now) =>
                running
                  ? pressesAfter(running, end, now)
                  : newPressesAfter(presses.length, Number(pace), end, now)
              }
            />
          )}
          <div role="status">
            {!running && error && (
              <FormError
                title={error.title}
                text={error.text}
                {...(error.details && { details: error.details })}
              />
            )}
            {!running && sent && variables && (
              <PressOutcome presses={variables.presses} operation={sent} onRest={start} />
            )}
          </div>
        </div>
      </Card>
      <div className="send-bar sticky bottom-0 z-5 flex flex-wrap items-center gap-3 border-line bg-surface px-3.5 py-2.5 max-md:-mx-3.5 max-md:border-t @max-3xl:rounded-xl @max-3xl:border @3xl:static @3xl:rounded-b-xl @3xl:border-t print:hidden">
        <p className="min-w-0 flex-1 text-xs text-muted">
          {presses.length === 0 ? 'No presses' : presses.length === 1 ? count : `${count} · at least ${span}`}
        </p>
        <Button
          variant="primary"
          className="min-w-28"
          disabledReason={disabledReason}
          pending={beginning}
          onClick={() => start(presses)}
        >
          Send
        </Button>
      </div>
    </div>
  )
}

/** The exact requests. They share one path, which is shown once. */
function PressesPreview({ requests }: { requests: readonly PlannedRequest[] }) {
  return (
    <Preview count={requests.length} copy={<CopyPlanned requests={requests} />}>
      <section
        aria-label="Requests to be sent"
        className="max-h-48 overflow-y-auto border-t border-line bg-raised px-3.5 py-2 font-mono text-xs wrap-anywhere"
      >
        <p>
          {requests[0]?.method} {requests[0]?.path}
        </p>
        <pre className="whitespace-pre-wrap">
          {requests.map(({ body }) => JSON.stringify(body)).join('\n')}
        </pre>
      </section>
    </Preview>
  )
}

function PressProgress({ operation }: { operation: Operation }) {
  const { key, phase, otherTab, note } = operation
  if (phase === 'queued' && operation.steps.length === 0) return <QueuedNotice operation={operation} />
  const { sent, of } = pressesIn(operation) ?? { sent: 0, of: 1 }
  return (
    <Notice
      title={`Sending: ${sent} of ${of} presses`}
      actions={
        <Button
          disabledReason={
            otherTab
              ? 'Another tab is sending these. Stop them there.'
              : canStopPresses(key)
                ? null
                : 'Stops after this press.'
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
        value={sent}
        max={of}
        text={`${sent} of ${of}`}
      />
      {phase === 'queued' && <p className="mt-1">Queued until BigV has answered earlier requests.</p>}
      {note && <p className="mt-1">{note}</p>}
    </Notice>
  )
}

interface OutcomeProps {
  presses: readonly string[]
  operation: Operation
  onRest: (presses: readonly string[]) => void
}

/** The result, with a button to send the rest. */
function PressOutcome({ presses, operation, onRest }: OutcomeProps) {
  const { outcome, endedAt, begunAt, note } = operation
  if (outcome === 'done') {
    const count = presses.length === 1 ? '1 press' : `${presses.length} presses`
    return <Notice tone="ok">{`Sent ${count} ${atWhen(endedAt ?? begunAt)}.`}</Notice>
  }
  const sent = pressesIn(operation)?.sent ?? 0
  // Don't send a press again if it may have arrived.
  const rest = presses.slice(outcome === 'unclear' ? sent + 1 : sent)
  const stopped = outcome === 'no longer watching'
  return (
    <Notice
      tone={stopped ? 'info' : outcome === 'unclear' ? 'warn' : 'danger'}
      title={stopped ? 'Sending stopped early' : 'Sending failed'}
      actions={
        rest.length > 0 && (
          <Button onClick={() => onRest(rest)}>
            {rest.length === 1 ? 'Send the last press' : `Send the remaining ${rest.length}`}
          </Button>
        )
      }
    >
      {note}
    </Notice>
  )
}
