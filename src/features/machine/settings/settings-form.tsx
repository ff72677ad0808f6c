import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { BoundAction, MachineAction } from '../../../actions/action.ts'
import { shutDown } from '../../../actions/power.ts'
import type { PlannedRequest } from '../../../actions/requests.ts'
import type { MachineInGroup } from '../../../api/virtual-machines.ts'
import { RequestPreview } from '../../../components/actions/request-preview.tsx'
import { errorsFromBigV } from '../../../components/form-dialog.tsx'
import { askBeforeClosing } from '../../../lib/browser/ask-before-closing.ts'
import { currentUser } from '../../../lib/persisted.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { useBoundAction } from '../../../operations/use-action.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { fieldsOf, Form, type ErrorsOf } from '../../../ui/fields/field.tsx'
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
  /** Called to clear the draft once it is saved or discarded. */
  onClear: () => void
  children: (errorsOf: ErrorsOf) => ReactNode
}

/** A settings card: fields, request preview, and its own Save button. */
export function SettingsForm({ title, action, bound, problems, notes, onClear, children, ...props }: Props) {
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
  const written = bound && writtenBy(requests)
  const latest = useRef(written)
  useEffect(() => {
    latest.current = written
  })
  const submit = () => {
    if (bound === null || written === null) return
    // Keep input that was entered while sending.
    mutate(bound, { onSuccess: () => !editedSince(written, latest.current) && onClear() })
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
              disabledReason={disabledReasonOf(shutDown) ?? invalidReason}
              onClick={() => setGuiding(true)}
            >
              {guided.title}…
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
          onBegun={onClear}
          onClose={() => setGuiding(false)}
        />
      )}
    </Card>
  )
}

/** Unsaved drafts by machine and form. They survive a rename, a move and a change of tab, but not a reload. */
const unsaved = new Map<string, object>()
currentUser.subscribe(() => unsaved.clear())
askBeforeClosing(() => unsaved.size > 0)

/**
 * A form's fields: the machine's values, except where the user has edited them. A refresh updates the unedited fields. Edits stay
 * until they are cleared or the user signs out.
 * @param form identifies the machine and the form
 */
export function useDraft<T extends Record<string, string | boolean>>(current: T, form: string) {
  const [typed, setTyped] = useState<Partial<T>>(() => unsaved.get(form) ?? {})
  const change = (more: Partial<T>) => {
    const next = { ...typed, ...more }
    unsaved.set(form, next)
    setTyped(next)
  }
  const values: T = { ...current, ...typed }
  return {
    values,
    ...fieldsOf(values, change),
    clear: () => {
      unsaved.delete(form)
      setTyped({})
    },
    differs: (name: keyof T) => values[name] !== current[name],
    /** The value, or undefined if unchanged. */
    changed: <K extends keyof T>(name: K) => (values[name] === current[name] ? undefined : values[name]),
  }
}

/** The attributes that are not undefined, or null if there are none. */
export function patchOf(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> | null {
  const changed = Object.entries(attributes).filter(([, value]) => value !== undefined)
  return changed.length === 0 ? null : Object.fromEntries(changed)
}

type Values = Readonly<Record<string, unknown>>

/**
 * True if the form was edited after the save began. `now` is compared with the saved values, not with the machine, as BigV's answer has no
 * password in the CD's URL.
 * @param now the values that the form would save now, or null for none
 */
export function editedSince(saved: Values, now: Values | null): boolean {
  return now !== null && Object.entries(now).some(([name, value]) => saved[name] !== value)
}

function writtenBy(requests: readonly PlannedRequest[]): Values {
  return Object.assign({}, ...requests.map(({ body }) => body)) as Values
}
