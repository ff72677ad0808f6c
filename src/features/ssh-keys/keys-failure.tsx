import { traceLine } from '../../api/errors.ts'
import { PlainProblem } from '../../components/plain-problem.tsx'
import { FormError } from '../../ui/fields/form-error.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { SaveProblem as Problem } from './use-save-keys.ts'

/** Why the keys are not as they were to be. */
export function SaveProblem({ problem }: { problem: Problem | null }) {
  if (problem === null) return null
  switch (problem.is) {
    case 'changed':
      return (
        <Notice tone="warn" role="alert" title="The keys have changed since they were shown">
          {problem.changes.join(' ') || 'Their order or spacing is another.'} Nothing was sent. The request
          below is made anew from what is there now. Is it still what you want?
        </Notice>
      )
    case 'unread':
      return (
        <FormError
          title="Nothing was sent"
          text={`The keys have to be read first, and that failed. ${problem.error.message}`}
          details={traceLine(problem.error.trace)}
        />
      )
    case 'not taken':
      return (
        <FormError
          title="BigV did not take it"
          text="It answered that it had, but read again, the keys are not what was sent."
        />
      )
    default:
      return <PlainProblem result={problem} />
  }
}
