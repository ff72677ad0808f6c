import { useEffect, useRef, useState, type ReactNode } from 'react'
import { bind } from '../../actions/action.ts'
import { sendKeys } from '../../actions/rescue.ts'
import { messageOf, traceLine } from '../../api/errors.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import { operationEnd } from '../../operations/store.ts'
import type { GroupRef } from '../../lib/links.ts'
import { formatSpan } from '../../lib/times.ts'
import { beginPresses } from '../../operations/batch/key-presses.ts'
import type { PlannedRequest } from '../../operations/operation.ts'
import { useOperations } from '../../operations/use-operations.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { SelectField } from '../../ui/fields/select-field.tsx'
import { PressOutcome, PressProgress, type Sent } from './press-outcome.tsx'

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
  /** Why there is nothing to send. */
  missing: string
  /** Why what there is cannot be sent, or null. */
  problem: string | null
  /** All of it arrived: what was typed can go. */
  onSent: () => void
  /** The presses, as the user is to see them. */
  children: ReactNode
}

/** What will be sent, at what pace, the sending and its end. */
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

/** Sends presses to a machine, and follows them while the page is there. They go on when it is left. */
function usePressSending(ref: GroupRef, { vm }: MachineData) {
  const [sent, setSent] = useState<Sent | null>(null)
  const [asking, setAsking] = useState(false)
  const gone = useRef<AbortController>(null)
  useEffect(() => {
    gone.current = new AbortController()
    return () => gone.current?.abort()
  }, [])
  const underWay = useOperations().find(
    ({ action, phase, target }) => action === sendKeys.name && phase !== 'ended' && target.id === vm.id,
  )

  /** Sends them; returns whether all arrived. */
  const send = async (presses: readonly string[], everyMs: number): Promise<boolean> => {
    setAsking(true)
    setSent(null)
    const begun = await beginPresses({ ref, id: vm.id, name: vm.name, presses, everyMs })
    setAsking(false)
    if (begun.is === 'begun') {
      const end = await operationEnd(begun.key, gone.current?.signal ?? AbortSignal.abort())
      if (end !== null) setSent({ presses, operation: end.operation, problem: null })
      return end?.operation.outcome === 'done'
    }
    const problem =
      begun.is === 'unread'
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

/** The requests that presses come to, exactly: all go to one path, so that is there once. */
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
