import { useQuery } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { useNavigate } from 'react-router'
import { definitionQueries } from '../../api/definitions.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { expandNames } from '../../lib/name-pattern.ts'
import { createRequest } from '../../operations/create.ts'
import { announce } from '../../ui/live-region.tsx'
import { bundleFromForm } from './bundle-from-form.ts'
import { complaintsOf, type Attempt } from './complaints.ts'
import { DefinitionsProblem } from './definitions-problem.tsx'
import { FailureNotice } from './failure-notice.tsx'
import { newValues, type CreateValues } from './form-values.ts'
import { LeaveGuard } from './leave-guard.tsx'
import type { Field } from './problems.ts'
import { RequestPanel } from './request-panel.tsx'
import { StepButtons } from './step-buttons.tsx'
import { StepContent } from './step-content.tsx'
import { WizardSteps } from './wizard-steps.tsx'
import { neighbour, stepOfField, STEPS, type Step } from './steps.ts'
import { useCreate } from './use-create.ts'
import { useFieldErrors } from './use-field-errors.ts'
import { useStep } from './use-step.ts'
import { useWishes } from './use-wishes.ts'

/** The form over its four steps. All of it lives here, so that no step, no failure and no sign-in loses what was typed. */
export function Wizard({ group }: { group: GroupRef }) {
  const [firstValues] = useState(() => newValues())
  const form = useForm<CreateValues>({ defaultValues: firstValues })
  const values = form.watch()
  const definitions = useQuery(definitionQueries.all())
  const { step, heading, goTo, goToField } = useStep(values, form.setFocus)
  const [attempt, setAttempt] = useState<Attempt | null>(null)
  const { errorsOf, problemsOn, insist, leaving } = useFieldErrors(values, attempt)
  const { pending, send } = useCreate(group)
  const done = useRef(false)
  const navigate = useNavigate()
  const wishesOf = useWishes()
  const grades = definitions.data?.storage_grades ?? []
  const { names } = expandNames(values.name)
  // The password is made when it is sent; what stands here for it shows as dots.
  const request = createRequest(
    group,
    bundleFromForm(values, grades, { name: names[0] ?? values.name, password: 'generated' }),
  )

  const show = (fields: readonly Field[]) => {
    const [first] = fields
    if (first === undefined) return
    announce(fields.length === 1 ? '1 field needs another look' : `${fields.length} fields need another look`)
    goToField(first)
  }

  /** Goes to a step; on the way on, no further than to the first on which something is wrong. */
  const advance = (next: Step) => {
    const before = STEPS.slice(0, STEPS.indexOf(next))
    const wrong = before.find((each) => problemsOn(each).length > 0)
    if (wrong !== step) return goTo(wrong ?? next)
    insist(wrong)
    return show(problemsOn(wrong))
  }

  const create = async () => {
    const sent = structuredClone(values)
    const [wish] = wishesOf(sent, grades, names)
    if (wish === undefined) return
    const outcome = await send(wish)
    if (outcome === null) return
    if (outcome === 'begun') {
      done.current = true
      void navigate(links.machine(group, sent.name), { replace: true })
      return
    }
    const failed = { failure: outcome, sent }
    setAttempt(failed)
    show(inOrder(Object.keys(complaintsOf(failed).fields) as Field[]))
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const next = neighbour(step, 1)
    if (next !== undefined) advance(next)
    else void create()
  }

  return (
    <FormProvider {...form}>
      <WizardSteps step={step} isComplete={(each) => problemsOn(each).length === 0} onSelect={advance} />
      <div className="@container">
        <div className="grid items-start gap-4 @3xl:grid-cols-[minmax(0,1fr)_minmax(17rem,24rem)]">
          <form noValidate onSubmit={submit} {...leaving} className="grid min-w-0 gap-4">
            {attempt && (
              <FailureNotice
                group={group}
                attempt={attempt}
                pending={pending}
                onSendAgain={() => void create()}
              />
            )}
            <DefinitionsProblem query={definitions} />
            <StepContent
              step={step}
              heading={heading}
              group={group}
              values={values}
              definitions={definitions.data}
              errorsOf={errorsOf}
              attempt={attempt}
              goTo={goTo}
            />
            <StepButtons step={step} group={group} pending={pending} onBack={goTo} />
          </form>
          <RequestPanel request={request} className={step === 'review' ? '' : 'hidden @3xl:block'} />
        </div>
      </div>
      <LeaveGuard dirty={form.formState.isDirty} pending={pending} done={done} />
    </FormProvider>
  )
}

function inOrder(fields: Field[]): Field[] {
  return fields.toSorted((a, b) => STEPS.indexOf(stepOfField(a)) - STEPS.indexOf(stepOfField(b)))
}
