import { useState, type FocusEvent, type KeyboardEvent } from 'react'
import { complaintsOf, isAsSent, type Attempt } from '../errors/complaints.ts'
import type { CreateValues } from '../form-values.ts'
import { problemsOf, type Field, type Problems } from '../errors/problems.ts'
import { stepOfField, type Step } from '../steps.ts'

/** Takes a field and returns what is to be said about it now, or undefined. */
export type ErrorsOf = (field: Field) => readonly string[] | undefined

/**
 * Which errors to show: those of a field once it was left, those of a whole step once the user wanted to go on from it, and
 * then as they come and go with typing; BigV's own for as long as the field holds what BigV complained about.
 */
export function useFieldErrors(values: CreateValues, attempt: Attempt | null) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [insisted, setInsisted] = useState<ReadonlySet<Step>>(new Set())
  const problems = problemsOf(values)
  const complaints = attempt === null ? {} : complaintsOf(attempt).fields

  const errorsOf: ErrorsOf = (field) => {
    const problem = problems[field]
    // Nothing that is typed on its own step could mend a missing disc, so this one does not wait.
    const due = left.has(field) || insisted.has(stepOfField(field)) || field === 'system'
    if (problem !== undefined) return due ? [problem] : undefined
    return attempt !== null && isAsSent(field, values, attempt.sent) ? complaints[field] : undefined
  }

  const leave = (target: EventTarget) => {
    if (target instanceof HTMLInputElement) setLeft((before) => new Set(before).add(target.name))
  }

  return {
    errorsOf,
    problemsOn: (step: Step) => fieldsOn(step, problems),
    /** Shows every error of a step from now on. */
    insist: (step: Step) => setInsisted((before) => new Set(before).add(step)),
    // A field counts as left by Tab, or by a click into another text. Not by a click on a button or a card: an error that comes
    // up between press and release moves them away from under the pointer, and the click is lost.
    leaving: {
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Tab') leave(event.target)
      },
      onBlur: ({ target, relatedTarget }: FocusEvent) => {
        if (relatedTarget instanceof HTMLInputElement && relatedTarget.matches('.control')) leave(target)
      },
    },
  }
}

function fieldsOn(step: Step, problems: Problems): Field[] {
  return (Object.keys(problems) as Field[]).filter((field) => stepOfField(field) === step)
}
