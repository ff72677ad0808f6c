import { useState, type ReactNode } from 'react'
import type { MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { formatSpan } from '../../lib/times.ts'
import { bind } from '../../actions/action.ts'
import { sendKeys } from '../../actions/power.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { SelectField } from '../../ui/fields/select-field.tsx'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import { PressesPreview } from './presses-preview.tsx'
import { PressOutcome, PressProgress } from './sending-state.tsx'
import { usePressSending } from './use-press-sending.ts'

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
