import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { useNavigate, useSearchParams } from 'react-router'
import { definitionQueries } from '../../api/definitions.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { expandNames, patternOf } from '../../lib/name-pattern.ts'
import { createRequest } from '../../actions/create.ts'
import { createBatches } from '../../operations/batch/create-batches.ts'
import { createSeveral } from '../../operations/batch/create-several.ts'
import { announce } from '../../ui/live-region.tsx'
import { bundleFromForm } from './bundle-from-form.ts'
import { complaintsOf, type Attempt } from './errors/complaints.ts'
import { DefinitionsProblem } from './definitions-problem.tsx'
import { dropDraft, keepDraft } from './draft.ts'
import { Exchange } from './exchange/exchange.tsx'
import { FailureNotice } from './errors/failure-notice.tsx'
import { newValues, type CreateValues } from './form-values.ts'
import { LeaveGuard } from './leave-guard.tsx'
import type { Field } from './errors/problems.ts'
import { RequestPanel } from './request-panel.tsx'
import { BatchResults, explainedFailure } from './results/batch-results.tsx'
import { notifyEnds } from './results/notify-ends.ts'
import { secretsIn } from './secrets.ts'
import { draftSaid, type Start } from './start.ts'
import { StartNotice } from './start-notice.tsx'
import { StepButtons } from './steps/step-buttons.tsx'
import { StepContent } from './steps/step-content.tsx'
import { WizardSteps } from './wizard-steps.tsx'
import { neighbour, stepOfField, STEPS, type Step } from './steps.ts'
import { useCreate } from './use-create.ts'
import { useFieldErrors } from './steps/use-field-errors.ts'
import { useStep } from './use-step.ts'
import { useWishes } from './use-wishes.ts'

/** The form over its four steps. All of it lives here, so that no step, no failure and no sign-in loses what was typed. */
export function Wizard({ group, start }: { group: GroupRef; start: Start }) {
  const form = useForm<CreateValues>({ defaultValues: start.values })
  const values = form.watch()
  const definitions = useQuery(definitionQueries.all())
  const { step, heading, goTo, goToField } = useStep(values, form.setFocus)
  const [attempt, setAttempt] = useState<Attempt | null>(null)
  const [from, setFrom] = useState<Omit<Start, 'values'>>(start)
  const { errorsOf, problemsOn, insist, leaving } = useFieldErrors(values, attempt)
  const { pending, send } = useCreate(group)
  const done = useRef(false)
  const navigate = useNavigate()
  const batchKey = useSearchParams()[0].get('run')
  const batch = createBatches.use().find(({ key }) => key === batchKey)
  const wishesOf = useWishes()
  const grades = definitions.data?.storage_grades ?? []
  const { names } = expandNames(values.name)
  // The password is made when it is sent; what stands here for it shows as dots.
  const requestFor = (name: string) =>
    createRequest(group, bundleFromForm(values, grades, { name, password: 'generated' }))

  useEffect(() => {
    // What the link has said stands in the URL no longer, and would be gone after a reload.
    if (start.said !== '') keepDraft(group, start.values)
  }, [group, start])
  useEffect(() => {
    done.current = batch !== undefined
  }, [batch])
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values: typed }) => {
          if (!done.current) keepDraft(group, typed)
        },
      }),
    [form, group],
  )

  /** Fills the form with something else. */
  const fill = (next: CreateValues, source: Omit<Start, 'values'>) => {
    form.reset(next)
    setAttempt(null)
    setFrom(source)
    goTo('machine')
  }

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

  const fail = (failed: Attempt) => {
    setAttempt(failed)
    show(inOrder(Object.keys(complaintsOf(failed).fields) as Field[]))
  }

  const createMany = () => {
    done.current = true
    notifyEnds()
    const key = createSeveral(group, wishesOf(values, grades, names))
    void navigate({ search: `?run=${key}` })
  }

  const create = async () => {
    const sent = structuredClone(values)
    const [wish, ...more] = wishesOf(sent, grades, names)
    if (wish === undefined) return
    if (more.length > 0) return createMany()
    const outcome = await send(wish)
    if (outcome === null) return
    if (outcome === 'begun') {
      done.current = true
      dropDraft()
      void navigate(links.machine(group, names[0] ?? sent.name), { replace: true })
      return
    }
    fail({ failure: outcome, sent })
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const next = neighbour(step, 1)
    if (next !== undefined) advance(next)
    else void create()
  }

  if (batch !== undefined) {
    const toForm = (failed: readonly string[]) => {
      done.current = false
      form.setValue('name', patternOf(failed), { shouldDirty: true })
      const error = explainedFailure(batch, failed)
      if (error === undefined) return goTo('machine')
      return fail({ failure: { is: 'refused', error }, sent: structuredClone(form.getValues()) })
    }
    const more = () => {
      done.current = false
      fill(newValues(), NOWHERE)
    }
    return <BatchResults batch={batch} onToForm={toForm} onMore={more} />
  }

  return (
    <FormProvider {...form}>
      <div className="mt-4 mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <WizardSteps step={step} isComplete={(each) => problemsOn(each).length === 0} onSelect={advance} />
        <Exchange
          group={group}
          values={values}
          definitions={definitions.data}
          complete={step === 'review'}
          onTake={({ values: taken, notTaken }) =>
            fill(
              { ...newValues(), ...taken },
              {
                said: 'It is filled in from what you imported. Look through it before you send it.',
                notTaken,
                draft: null,
              },
            )
          }
        />
      </div>
      <div className="@container">
        <div className="grid items-start gap-4 @3xl:grid-cols-[minmax(0,1fr)_minmax(17rem,24rem)]">
          <form noValidate onSubmit={submit} {...leaving} className="grid min-w-0 gap-4">
            <StartNotice
              start={from}
              onAnew={() => {
                fill(newValues(), NOWHERE)
                dropDraft()
              }}
              onDraft={() => {
                if (from.draft) fill(from.draft.values, { ...NOWHERE, said: draftSaid(from.draft) })
              }}
            />
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
            <StepButtons step={step} group={group} count={names.length} pending={pending} onBack={goTo} />
          </form>
          <div className="grid min-w-0 gap-4">
            <RequestPanel
              names={names.length > 0 ? names : [values.name]}
              requestFor={requestFor}
              className={step === 'review' ? '' : 'hidden @3xl:block'}
            />
          </div>
        </div>
      </div>
      <LeaveGuard dirty={form.formState.isDirty} lost={secretsIn(values)} pending={pending} done={done} />
    </FormProvider>
  )
}

const NOWHERE = { said: '', notTaken: [], draft: null }

function inOrder(fields: Field[]): Field[] {
  return fields.toSorted((a, b) => STEPS.indexOf(stepOfField(a)) - STEPS.indexOf(stepOfField(b)))
}
