import { useEffect, useRef, useState, type ReactNode } from 'react'
import { RequestPreview } from '../../components/power/request-preview.tsx'
import { useGates } from '../../components/power/use-gates.ts'
import { requestsOf, type MachineAction, type Params } from '../../operations/requests.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { typedSince } from './settings-draft.ts'
import { useSave } from './settings-save.ts'
import type { TabProps } from './tab-props.ts'

/** What is said on a field, or undefined. */
export type ErrorsOf = (attribute: string) => readonly string[] | undefined

interface Props extends TabProps {
  title: string
  action: MachineAction
  /** What to send, or null while nothing is changed. */
  params: Params | null
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
export function SettingsForm({ title, action, params, problems, notes, onClear, children, ...props }: Props) {
  const { group, reading, saveLabel = 'Save', guidedOnly = null, movesTo = null } = props
  const [guiding, setGuiding] = useState(false)
  const { save, saving, failure, forget } = useSave()
  const refusalOf = useGates(reading)
  const wrong = Object.values(problems).some((problem) => problem !== null)
  const unready = params === null ? 'Nothing is changed yet.' : wrong ? 'Mend what is marked first.' : null
  const refusal = (saving ? null : refusalOf(action)) ?? unready ?? guidedOnly
  const guided = action === 'change' && reading.vm.power_on && params?.patch ? params.patch : null

  const errorsOf: ErrorsOf = (attribute) => {
    const problem = problems[attribute]
    if (problem) return [problem]
    const unit = attribute === 'memory' ? ', in MiB' : ''
    return failure?.fields[attribute]?.map((message) => `BigV says${unit}: ${message}`)
  }
  const latest = useRef(params)
  useEffect(() => {
    latest.current = params
  })
  const submit = async () => {
    if (params === null) return
    const changed = Object.keys(params.patch ?? {})
    const attributes = Object.fromEntries(changed.map((name) => [name, reading.vm[name]]))
    if (!(await save({ action, group, reading, params, attributes }))) return
    // What was typed while it was on its way is still to be saved.
    if (!typedSince(params, latest.current)) onClear()
  }

  return (
    <Card title={title} padded>
      <form
        noValidate
        className="grid gap-3.5"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {children(errorsOf)}
        {params !== null && notes}
        {failure && <FormError title={failure.title} text={failure.text} details={failure.details} />}
        {params !== null && !wrong && (
          <RequestPreview requests={requestsOf(action, group, reading.vm, params)} />
        )}
        <div className="flex flex-wrap justify-end gap-2">
          {params !== null && !saving && (
            <Button
              variant="quiet"
              onClick={() => {
                onClear()
                forget()
              }}
            >
              Discard
            </Button>
          )}
          {guided !== null && !saving && (
            <Button
              variant={guidedOnly === null ? 'normal' : 'primary'}
              refusal={refusalOf('shut_down') ?? unready}
              onClick={() => setGuiding(true)}
            >
              Shut down, change, start…
            </Button>
          )}
          <Button
            type="submit"
            variant={guidedOnly === null ? 'primary' : 'normal'}
            refusal={refusal}
            pending={saving}
          >
            {saveLabel}
          </Button>
        </div>
      </form>
      {guiding && guided !== null && (
        <PlanDialog
          group={group}
          reading={reading}
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
