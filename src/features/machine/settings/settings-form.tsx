import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { MachineAction, BoundAction } from '../../../actions/action.ts'
import type { Patch } from '../../../actions/lifecycle.ts'
import { shutDown } from '../../../actions/power.ts'
import { RequestPreview } from '../../../components/actions/request-preview.tsx'
import { useBoundAction } from '../../../operations/use-action.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import type { ErrorsOf } from '../../../ui/fields/field.tsx'
import { FormError } from '../../../ui/fields/form-error.tsx'
import { PlanDialog } from '../../plan/plan-dialog.tsx'
import { typedSince, writtenBy } from './settings-draft.ts'
import type { TabProps } from '../../../components/machine/tab-props.ts'

interface Props extends TabProps {
  title: string
  action: MachineAction
  /** What to send, or null while nothing is changed. */
  bound: BoundAction | null
  /** What of it can be done as a plan. */
  patch?: Patch | null
  /** What is wrong with what is typed, by attribute. */
  problems: Readonly<Record<string, string | null>>
  saveLabel?: string
  /** Why it cannot be changed while the machine runs, where it has to be shut down first. */
  guidedOnly?: string | null
  /** The name of the group that it moves to. */
  movesTo?: string | null
  /** What the save brings with it, above the requests. */
  notes?: ReactNode
  /** Drops what is typed: it was saved, or the user does not want it. */
  onClear: () => void
  children: (errorsOf: ErrorsOf) => ReactNode
}

/** One subject of the settings: its fields, the requests that they come to, and its own Save. */
export function SettingsForm({ title, action, bound, problems, notes, onClear, children, ...props }: Props) {
  const { group, machine, saveLabel = 'Save', guidedOnly = null, movesTo = null, patch } = props
  const [guiding, setGuiding] = useState(false)
  const { mutate, isPending: saving, error: failure, reset } = useBoundAction({ group, machine })
  const disabledReasonOf = useDisabledReason(machine)
  const wrong = Object.values(problems).some((problem) => problem !== null)
  const unready = bound === null ? 'Nothing is changed yet.' : wrong ? 'Mend what is marked first.' : null
  const disabledReason = (saving ? null : disabledReasonOf(action)) ?? unready ?? guidedOnly
  const guided = machine.vm.power_on ? (patch ?? null) : null

  const errorsOf: ErrorsOf = (attribute) => {
    const problem = problems[attribute]
    if (problem) return [problem]
    const unit = attribute === 'memory' ? ', in MiB' : ''
    return failure?.fields[attribute]?.map((message) => `BigV says${unit}: ${message}`)
  }
  const written = bound && writtenBy(bound.requests(group, machine.vm))
  const latest = useRef(written)
  useEffect(() => {
    latest.current = written
  })
  const submit = () => {
    if (bound === null || written === null) return
    // What was typed while it was on its way is still to be saved.
    mutate(bound, { onSuccess: () => !typedSince(written, latest.current) && onClear() })
  }

  return (
    <Card title={title} padded>
      <form
        noValidate
        className="grid gap-3.5"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {children(errorsOf)}
        {bound !== null && notes}
        {failure && <FormError title={failure.title} text={failure.text} details={failure.details} />}
        {bound !== null && !wrong && <RequestPreview requests={bound.requests(group, machine.vm)} />}
        <div className="flex flex-wrap justify-end gap-2">
          {bound !== null && !saving && (
            <Button
              variant="quiet"
              onClick={() => {
                onClear()
                reset()
              }}
            >
              Discard
            </Button>
          )}
          {guided !== null && !saving && (
            <Button
              variant={guidedOnly === null ? 'normal' : 'primary'}
              disabledReason={disabledReasonOf(shutDown) ?? unready}
              onClick={() => setGuiding(true)}
            >
              Shut down, change, start…
            </Button>
          )}
          <Button
            type="submit"
            variant={guidedOnly === null ? 'primary' : 'normal'}
            disabledReason={disabledReason}
            pending={saving}
          >
            {saveLabel}
          </Button>
        </div>
      </form>
      {guiding && guided !== null && (
        <PlanDialog
          group={group}
          machine={machine}
          kind="change"
          patch={guided}
          movesTo={movesTo}
          onBegun={onClear}
          onClose={() => setGuiding(false)}
        />
      )}
    </Card>
  )
}
