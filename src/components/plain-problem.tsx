import { traceLine } from '../api/errors.ts'
import type { PlainResult } from '../operations/plain.ts'
import { FormError } from '../ui/notice.tsx'
import type { FormFailure } from './form-dialog.tsx'

/** Takes how a change that is about no machine went and says why it did not get through, or that nobody knows; null when it did. */
export function plainFailure(result: PlainResult | null): FormFailure | null {
  if (result === null || result.is === 'done') return null
  if (result.is === 'not sent') return { title: 'Nothing was sent', text: result.reason }
  if (result.is === 'superseded') return { title: 'BigV did not take it', text: result.note }
  if (result.is === 'dropped') {
    return { title: 'It was not sent again', text: result.why, details: traceLine(result.error.trace) }
  }
  const { error } = result
  const details = traceLine(error.trace)
  return result.is === 'refused'
    ? { title: error.sent === 'no' ? 'Nothing was sent' : 'BigV refused', text: error.message, details }
    : {
        title: 'Whether BigV did it is not known',
        text: `${error.message} What is there is being read again: look before you send it once more.`,
        details,
      }
}

/** The same as a notice of its own. */
export function PlainProblem({ result }: { result: PlainResult }) {
  const failure = plainFailure(result)
  return failure && <FormError title={failure.title} text={failure.text} details={failure.details} />
}
