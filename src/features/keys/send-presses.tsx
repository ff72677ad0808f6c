import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { bind } from '../../actions/action.ts'
import { pressesIn, sendKeys } from '../../actions/keys.ts'
import { traceLine } from '../../api/errors.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import { QueuedNotice } from '../../components/actions/queued-notice.tsx'
import { OtpForecast } from '../../components/otp.tsx'
import { useUnmounted } from '../../lib/browser/use-unmounted.ts'
import type { GroupRef } from '../../lib/links.ts'
import { atWhen, formatSpan } from '../../lib/times.ts'
import {
  beginPresses,
  canStopPresses,
  pressesOn,
  stopPresses,
  KEYS_BUSY,
} from '../../operations/batch/key-presses.ts'
import { newPressesAfter, pressesAfter } from '../../operations/batch/otp-forecast.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import type { Operation, PlannedRequest } from '../../operations/operation.ts'
import { operationEnd, useOperations } from '../../operations/store.ts'
import { ActionFailure } from '../../operations/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { SelectField } from '../../ui/fields/select-field.tsx'
import { Meter } from '../../ui/meter.tsx'
import { FormError, Notice } from '../../ui/notice.tsx'

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
  const { mutate, data: sent, variables, error, isPending } = usePressSending(group, machine)
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

  return (
    <Card title="Keys to send" padded>
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
            pending={beginning}
            onClick={() => start(presses)}
          >
            Send
          </Button>
          {presses.length > 1 && (
            <p className="pb-1.5 text-muted">
              {presses.length} presses, at least {formatSpan(Math.max(1000, presses.length * Number(pace)))}
            </p>
          )}
        </div>
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
  )
}

/** Sends presses and waits until the operation ends. Resolves to null if the user leaves the page; sending then continues. */
function usePressSending(ref: GroupRef, { vm: { id, name } }: MachineData) {
  const unmounted = useUnmounted()
  return useMutation<Operation | null, ActionFailure, { presses: readonly string[]; everyMs: number }>({
    mutationFn: async (wanted) => {
      const begun = await beginPresses({ ref, id, name, ...wanted })
      if (begun.is === 'begun') return (await operationEnd(begun.key, unmounted()))?.operation ?? null
      if (begun.is === 'refused') throw new ActionFailure('Nothing was sent', begun.reason)
      const { message, trace } = begun.error
      const text = `Couldn’t load the machine first. ${message}`
      throw new ActionFailure('Nothing was sent', text, { details: traceLine(trace) })
    },
  })
}

/** The exact requests. They share one path, which is shown once. */
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
