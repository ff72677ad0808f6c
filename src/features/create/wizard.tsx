import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState, type FormEvent } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { useNavigate, useSearchParams } from 'react-router'
import { createRequest } from '../../actions/lifecycle.ts'
import { definitionQueries } from '../../api/definitions.ts'
import { OtpForecast } from '../../components/otp.tsx'
import { RequestPreview } from '../../components/actions/request-preview.tsx'
import { QueuedNotice } from '../../components/actions/queued-notice.tsx'
import { links, type GroupRef } from '../../lib/links.ts'
import { expandNames, patternOf } from '../../lib/name-pattern.ts'
import { createBatches } from '../../operations/batch/create-batches.ts'
import { createAfter } from '../../operations/batch/otp-forecast.ts'
import { announce } from '../../ui/live-region.tsx'
import { BatchResults, explainedFailure } from './batch-results.tsx'
import { DefinitionsNotice, FailureNotice } from './errors/notices.tsx'
import { useFieldErrors } from './errors/problems.ts'
import { serverErrorsOf } from './errors/server-errors.ts'
import { bundleFromForm } from './form/bundle.ts'
import { dropDraft, saveDraft, secretsIn } from './form/draft.ts'
import { newValues, type CreateValues, type Field } from './form/form-values.ts'
import { neighbour, STEP_TITLES, stepOfField, STEPS, type Step } from './form/steps.ts'
import { summaryOf, summaryParts } from './form/summary.ts'
import { useCreate, type Attempt } from './form/use-create.ts'
import { ExportButton, ImportButton } from './import-export/dialogs.tsx'
import { LeaveGuard, StepFooter, useStep, WizardSteps } from './navigation.tsx'
import { draftNote, NO_SOURCE, StartNotice, type Source, type Start } from './start.tsx'
import { StepDiscs } from './steps/step-discs.tsx'
import { StepImage } from './steps/step-image.tsx'
import { StepMachine } from './steps/step-machine.tsx'
import { StepReview, SummaryCard, withGaps } from './steps/step-review.tsx'

const CONTENTS = { machine: StepMachine, discs: StepDiscs, image: StepImage, review: StepReview }

/** The form and its steps. All state is here, so that no step, failure or sign-in loses any input. */
export function Wizard({ group, start }: { group: GroupRef; start: Start }) {
  const form = useForm<CreateValues>({ defaultValues: start.values })
  const values = form.watch()
  const definitions = useQuery(definitionQueries.all())
  const [attempt, setAttempt] = useState<Attempt | null>(null)
  const [source, setSource] = useState<Source>(start)
  const { errorsOf, problemFields, problemsOn, reveal, touchHandlers } = useFieldErrors(values, attempt)
  const { step, heading, goTo, goToField } = useStep(problemFields, form.setFocus)
  const { pending, queued, send } = useCreate(group)
  // True once the form was sent: from then on no draft is saved.
  const done = useRef(false)
  const formId = useId()
  const navigate = useNavigate()
  const batchKey = useSearchParams()[0].get('run')
  const batch = createBatches.use().find(({ key }) => key === batchKey)
  const grades = definitions.data?.storage_grades ?? []
  const { names } = expandNames(values.name)

  useEffect(() => {
    // A link's values are removed from the URL (useStep), so a reload needs them in the draft.
    if (start.note !== '') saveDraft(group, start.values)
  }, [group, start])
  useEffect(() => {
    done.current = batch !== undefined
  }, [batch])
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values: changed }) => {
          if (!done.current) saveDraft(group, changed)
        },
      }),
    [form, group],
  )

  /** Replaces everything in the form. */
  const fill = (next: CreateValues, nextSource: Source) => {
    form.reset(next)
    setAttempt(null)
    setSource(nextSource)
    goTo('machine')
  }

  const showFirst = (fields: readonly Field[]) => {
    const [first] = fields
    if (first === undefined) return
    announce(fields.length === 1 ? '1 field has an error' : `${fields.length} fields have errors`)
    goToField(first)
  }

  /** Goes to a step, or to the first incomplete step before it. */
  const advance = (next: Step) => {
    const incomplete = STEPS.slice(0, STEPS.indexOf(next)).find((each) => problemsOn(each).length > 0)
    if (incomplete !== step) return goTo(incomplete ?? next)
    reveal(incomplete)
    return showFirst(problemsOn(incomplete))
  }

  const fail = (failed: Attempt) => {
    setAttempt(failed)
    showFirst(inStepOrder(Object.keys(serverErrorsOf(failed).fields) as Field[]))
  }

  const create = async () => {
    // “Send again” is shown on every step, and the user may have changed fields since the request.
    const incomplete = STEPS.find((each) => problemsOn(each).length > 0)
    if (incomplete !== undefined) {
      reveal(incomplete)
      return showFirst(problemsOn(incomplete))
    }
    const sent = structuredClone(values)
    const outcome = await send(sent, grades)
    if (outcome === null) return
    if (outcome.is === 'batch') {
      done.current = true
      void navigate({ search: `?run=${outcome.key}` })
    } else if (outcome.is === 'begun') {
      done.current = true
      dropDraft()
      void navigate(links.machine(group, names[0] ?? sent.name), { replace: true })
    } else fail({ failure: outcome, sent })
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const next = neighbour(step, 1)
    if (next !== undefined) advance(next)
    else void create()
  }

  if (batch !== undefined) {
    const openForm = (failed: readonly string[]) => {
      done.current = false
      form.setValue('name', patternOf(failed), { shouldDirty: true })
      const error = explainedFailure(batch, failed)
      if (error === undefined) return goTo('machine')
      return fail({ failure: { is: 'refused', error }, sent: structuredClone(form.getValues()) })
    }
    const createMore = () => {
      done.current = false
      fill(newValues(), NO_SOURCE)
    }
    return <BatchResults batch={batch} onOpenForm={openForm} onCreateMore={createMore} />
  }

  const Content = CONTENTS[step]
  return (
    <FormProvider {...form}>
      <div className="mt-4 mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <WizardSteps step={step} isComplete={(each) => problemsOn(each).length === 0} onSelect={advance} />
        <div className="flex flex-wrap gap-1">
          <ImportButton
            definitions={definitions.data}
            onImport={(imported) =>
              fill(
                { ...newValues(), ...imported.values },
                {
                  note: 'Filled in from the imported JSON. Check each step before you create the machine.',
                  ignored: imported.ignored,
                  draft: null,
                },
              )
            }
          />
          <ExportButton
            group={group}
            values={values}
            definitions={definitions.data}
            complete={step === 'review'}
          />
        </div>
      </div>
      <div className="@container mb-6 max-w-6xl">
        <div className="grid items-start gap-4 @3xl:grid-cols-[minmax(0,1fr)_minmax(17rem,22rem)]">
          <form noValidate id={formId} onSubmit={submit} {...touchHandlers} className="grid min-w-0 gap-4">
            <StartNotice
              source={source}
              onStartOver={() => {
                fill(newValues(), NO_SOURCE)
                dropDraft()
              }}
              onUseDraft={() => {
                if (source.draft) fill(source.draft.values, { ...NO_SOURCE, note: draftNote(source.draft) })
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
            <DefinitionsNotice query={definitions} />
            <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold outline-none">
              {STEP_TITLES[step]}{' '}
              <span className="sr-only">
                (step {STEPS.indexOf(step) + 1} of {STEPS.length})
              </span>
            </h2>
            <Content
              group={group}
              values={values}
              definitions={definitions.data}
              errorsOf={errorsOf}
              attempt={attempt}
              goTo={goTo}
            />
            {step === 'review' && names.length > 1 && (
              <OtpForecast total={names.length} after={(end, now) => createAfter(names.length, end, now)} />
            )}
            {queued && <QueuedNotice operation={queued} />}
          </form>
          <aside
            aria-label="Summary"
            className={`min-w-0 gap-4 @3xl:sticky @3xl:top-16 ${step === 'review' ? 'grid' : 'hidden @3xl:grid'}`}
          >
            {step !== 'review' && <SummaryCard values={values} />}
            <RequestPreview
              requests={(names.length > 0 ? names : [values.name]).map((name) =>
                // The real password is generated on sending; the preview hides it anyway.
                withGaps(
                  createRequest(group, bundleFromForm(values, grades, { name, password: 'generated' })),
                ),
              )}
            />
          </aside>
        </div>
      </div>
      <StepFooter
        step={step}
        group={group}
        count={names.length}
        summary={summaryParts(summaryOf(values))}
        pending={pending}
        form={formId}
        onBack={goTo}
      />
      <LeaveGuard dirty={form.formState.isDirty} lost={secretsIn(values)} pending={pending} done={done} />
    </FormProvider>
  )
}

function inStepOrder(fields: Field[]): Field[] {
  return fields.toSorted((a, b) => STEPS.indexOf(stepOfField(a)) - STEPS.indexOf(stepOfField(b)))
}
