import { useState, type ReactNode } from 'react'
import type { BoundAction, MachineAction } from '../../../actions/action.ts'
import { shutDown } from '../../../actions/power.ts'
import type { MachineInGroup } from '../../../api/virtual-machines.ts'
import { RequestPreview } from '../../../components/actions/request-preview.tsx'
import { errorsFromBigV } from '../../../components/form-dialog.tsx'
import type { Draft } from '../../../components/use-draft.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { useBoundAction } from '../../../operations/use-action.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Form, type ErrorsOf } from '../../../ui/fields/field.tsx'
import { FormError } from '../../../ui/notice.tsx'
import { PlanDialog } from '../../plan/plan-dialog.tsx'

interface Props extends MachineInGroup {
  title: string
  action: MachineAction
  bound: BoundAction | null
  /** Errors in the input, by attribute. */
  problems: Readonly<Record<string, string | null>>
  saveLabel?: string
  /** Why the machine has to be shut down for this change, or null. */
  guidedOnly?: string | null
  /** The consequences of saving, shown above the requests. */
  notes?: ReactNode
  draft: Draft
  children: (errorsOf: ErrorsOf) => ReactNode
}

/** A settings card: fields, request preview, and its own Save button. */
export function SettingsForm({ title, action, bound, problems, notes, draft, children, ...props }: Props) {
  const { group, machine, saveLabel = 'Save', guidedOnly = null } = props
  const [guiding, setGuiding] = useState(false)
  const { mutate, isPending: saving, error: failure, reset } = useBoundAction({ group, machine })
  const disabledReasonOf = useDisabledReason(machine)
  const wrong = Object.values(problems).some((problem) => problem !== null)
  const invalidReason =
    bound === null ? 'No changes to save.' : wrong ? 'Fix the highlighted fields first.' : null
  const disabledReason = (saving ? null : disabledReasonOf(action)) ?? invalidReason ?? guidedOnly
  const guided = (machine.vm.power_on && bound?.action.guided) || null

  const errorsOf: ErrorsOf = (attribute) => {
    const problem = problems[attribute]
    return problem
      ? [problem]
      : errorsFromBigV(failure, attribute, attribute === 'memory' ? 'MiB' : undefined)
  }
  const requests = bound?.requests(group, machine.vm) ?? []
  const submit = () => {
    if (bound !== null) mutate(bound, draft.saving())
  }

  return (
    <Card title={title} padded>
      <Form className="grid gap-3.5" onSubmit={submit}>
        {children(errorsOf)}
        {bound !== null && notes}
        {failure && <FormError title={failure.title} text={failure.text} details={failure.details} />}
        {bound !== null && !wrong && <RequestPreview requests={requests} />}
        <div className="flex flex-wrap justify-end gap-2">
          {bound !== null && !saving && (
            <Button
              variant="quiet"
              onClick={() => {
                draft.clear()
                reset()
              }}
            >
              Discard
            </Button>
          )}
          {guided !== null && !saving && (
            <Button
              variant={guidedOnly === null ? 'normal' : 'primary'}
              disabledReason={disabledReasonOf(shutDown) ?? invalidReason}
              onClick={() => setGuiding(true)}
            >
              {applyNow(guided.title)}
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
      </Form>
      {guiding && guided !== null && bound !== null && (
        <PlanDialog
          group={group}
          machine={machine}
          bound={bound}
          onBegun={draft.clear}
          onClose={() => setGuiding(false)}
        />
      )}
    </Card>
  )
}

/** "Apply now: shut down, change, start…" */
function applyNow(title: string): string {
  return `Apply now: ${title.charAt(0).toLowerCase()}${title.slice(1)}…`
}

/** The attributes that are not undefined, or null if there are none. */
export function patchOf(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> | null {
  const changed = Object.entries(attributes).filter(([, value]) => value !== undefined)
  return changed.length === 0 ? null : Object.fromEntries(changed)
}
