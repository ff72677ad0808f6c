import { traceLine } from '../api/errors.ts'
import type { PlainResult } from '../operations/plain.ts'
import { FormError } from '../ui/form-error.tsx'

/** Why a change that is about no machine did not get through, or that nobody knows whether it did. */
export function PlainProblem({ result }: { result: Exclude<PlainResult, { is: 'done' }> }) {
  if (result.is === 'barred') return <FormError title="Nothing was sent" text={result.reason} />
  const { error } = result
  return result.is === 'refused' ? (
    <FormError
      title={error.sent === 'no' ? 'Nothing was sent' : 'BigV refused'}
      text={error.message}
      details={traceLine(error.trace)}
    />
  ) : (
    <FormError
      title="Whether BigV did it is not known"
      text={`${error.message} What is there is being read again: look before you send it once more.`}
      details={traceLine(error.trace)}
    />
  )
}
