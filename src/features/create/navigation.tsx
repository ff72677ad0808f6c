import ArrowLeft from 'lucide-react/icons/arrow-left'
import ArrowRight from 'lucide-react/icons/arrow-right'
import Check from 'lucide-react/icons/check'
import { Fragment, useEffect, useRef, useState, type RefObject } from 'react'
import type { UseFormSetFocus } from 'react-hook-form'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { create } from '../../actions/lifecycle.ts'
import { useLeaveGuard } from '../../components/page/leave-guard.ts'
import { askBeforeClosing } from '../../lib/browser/ask-before-closing.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { forbiddenReason } from '../../operations/disabled-reason.ts'
import { readOnlyReason, useReadOnly } from '../../session/read-only.ts'
import { useOperations } from '../../operations/store.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { CreateValues, Field } from './form/form-values.ts'
import type { summaryParts } from './form/summary.ts'
import { ADD_DISC } from './steps/step-discs.tsx'
import { neighbour, STEP_TITLES, stepOfField, STEPS, stepToShow, type Step } from './form/steps.ts'

/**
 * The step to show (the URL's, unless an earlier one is incomplete), and functions to go to another step. The focus moves to the new step's
 * heading, or to the field that the user goes to.
 */
export function useStep(problemFields: readonly Field[], setFocus: UseFormSetFocus<CreateValues>) {
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const requested = params.get('step')
  // With `run`, the page shows the results of several machines instead of the form.
  const hidden = params.has('run')
  const step = stepToShow(requested, problemFields)
  const heading = useRef<HTMLHeadingElement>(null)
  const lastStep = useRef(step)
  const fieldToFocus = useRef<Field | null>(null)
  const [focusRequests, setFocusRequests] = useState(0)

  useEffect(() => {
    // The values of a link are in the form by now. If they stayed in the URL, a reload would fill them in again.
    const hasValues = [...params.keys()].some((name) => name !== 'step')
    if (!hidden && (hasValues || (requested !== null && requested !== step)))
      void navigate({ search: `?step=${step}` }, { replace: true })
  }, [requested, hidden, params, step, navigate])

  useEffect(() => {
    if (hidden) return
    const field = fieldToFocus.current
    if (field === null && lastStep.current !== step) heading.current?.focus()
    // The field can get the focus only once its step is rendered.
    if (field !== null && stepOfField(field) === step) {
      fieldToFocus.current = null
      // A field behind closed details can't get the focus.
      const details = document.getElementsByName(field)[0]?.closest('details')
      if (details) details.open = true
      if (field === 'discs') document.getElementById(ADD_DISC)?.focus()
      else setFocus(field)
    }
    lastStep.current = step
  }, [hidden, step, focusRequests, setFocus])

  const goTo = (next: Step) => {
    fieldToFocus.current = null
    if (hidden || next !== step) void navigate({ search: `?step=${next}` })
  }
  return {
    step,
    heading,
    goTo,
    goToField: (field: Field) => {
      goTo(stepOfField(field))
      fieldToFocus.current = field
      setFocusRequests((before) => before + 1)
    },
  }
}

interface WizardStepsProps {
  step: Step
  isComplete: (step: Step) => boolean
  onSelect: (step: Step) => void
}

/** The list of steps. Earlier steps have a tick once they are complete. */
export function WizardSteps({ step, isComplete, onSelect }: WizardStepsProps) {
  const current = STEPS.indexOf(step)
  const stateOf = (each: Step, index: number) => {
    if (each === step) return 'on'
    return index < current && isComplete(each) ? 'done' : 'todo'
  }
  return (
    <nav aria-label="Steps to create a machine">
      <ol aria-label="Steps" className="flex flex-wrap gap-x-3 gap-y-1 font-medium sm:gap-x-6">
        {STEPS.map((each, index) => {
          const state = stateOf(each, index)
          return (
            <li key={each}>
              <button
                type="button"
                className="flex items-center gap-1.5 rounded-md py-1 hover:underline pointer-coarse:min-h-11"
                onClick={() => onSelect(each)}
              >
                <span
                  aria-hidden
                  className={`grid size-5 shrink-0 place-items-center rounded-full border-[1.5px] text-xs ${NUMBERS[state]}`}
                >
                  {state === 'done' ? <Check size={13} strokeWidth={3} /> : index + 1}
                </span>
                <span className={state === 'on' ? '' : 'text-muted'}>{STEP_TITLES[each]}</span>
                {state === 'done' && <span className="sr-only">, done</span>}
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

const NUMBERS = {
  done: 'border-ok text-ok',
  on: 'border-accent bg-accent text-on-accent forced-colors:outline-2',
  todo: 'border-line-control text-muted',
}

interface StepFooterProps {
  step: Step
  group: GroupRef
  /** How many machines will be created. */
  count: number
  /** What has been filled in so far, in a few words each. */
  summary: ReturnType<typeof summaryParts>
  pending: boolean
  /** The form's id: the footer is as wide as the page, so it is not in the form. */
  form: string
  onBack: (step: Step) => void
}

/** Back, what has been filled in so far, and Next, always in view. Next is the form's submit button, so that Enter in a field presses it. */
export function StepFooter({ step, group, count, summary, pending, form, onBack }: StepFooterProps) {
  const readOnly = useReadOnly()
  // Re-renders when an operation ends, because BigV may have answered 403, which disables the button.
  useOperations()
  const disabledReason = readOnlyReason(readOnly) ?? forbiddenReason(create, { ...group, id: null, name: '' })
  const before = neighbour(step, -1)
  const next = neighbour(step, 1)
  return (
    <div
      data-bottom-bar
      className="sticky bottom-0 z-10 -mx-3.5 mt-auto -mb-4 border-t border-line bg-canvas px-3.5 py-2.5 sm:-mx-6 sm:-mb-5 sm:px-6"
    >
      <div className="flex max-w-6xl items-center gap-3">
        {before === undefined ? (
          <Link to={links.machines(group)} className={buttonClass()}>
            Cancel
          </Link>
        ) : (
          <Button onClick={() => onBack(before)}>
            <ArrowLeft size={15} aria-hidden />
            <span className="max-sm:sr-only">Back</span>
          </Button>
        )}
        <p className="min-w-0 flex-1 text-xs text-muted sm:text-right sm:text-sm">
          {summary.map(({ text, translate }, at) => (
            <Fragment key={text}>
              {at > 0 && ' · '}
              <span translate={translate} className="inline-block max-w-full wrap-anywhere">
                {text}
              </span>
            </Fragment>
          ))}
        </p>
        {next === undefined ? (
          <Button
            type="submit"
            form={form}
            variant="primary"
            pending={pending}
            disabledReason={disabledReason}
          >
            {count > 1 ? `Create ${count} machines` : 'Create machine'}
          </Button>
        ) : (
          <Button type="submit" form={form} variant="primary">
            Next: {STEP_TITLES[next].toLowerCase()}
            <ArrowRight size={15} aria-hidden />
          </Button>
        )}
      </div>
    </div>
  )
}

interface LeaveGuardProps {
  /** True if closing the tab would lose input. */
  dirty: boolean
  /** The secrets that the draft leaves out, such as "the root password". */
  lost: readonly string[]
  /** True while the request is being sent. Leaving the form does not cancel the request. */
  pending: boolean
  /** True once the form was sent, so that leaving loses nothing. */
  done: RefObject<boolean>
}

/** Asks before the user leaves the form while it is being sent, or while it has secrets, which the draft leaves out. */
export function LeaveGuard({ dirty, lost, pending, done }: LeaveGuardProps) {
  const attempt = useLeaveGuard(() => (lost.length > 0 || pending) && !done.current)

  useEffect(() => askBeforeClosing(() => dirty && !done.current), [dirty, done])

  if (attempt === null) return null
  return (
    <Dialog
      alert
      width="small"
      title={pending ? 'Leave while the request is being sent?' : `Leave and lose ${lost.join(' and ')}?`}
      description={
        pending
          ? 'Leaving doesn’t cancel the request. The machine may still be created.'
          : 'The machine hasn’t been created. Everything else in the form stays saved in this tab.'
      }
      onClose={attempt.stay}
      footer={
        <>
          <Button onClick={attempt.stay}>Stay</Button>
          <Button variant="danger" onClick={attempt.leave}>
            Leave
          </Button>
        </>
      }
    />
  )
}
