import type { UseQueryResult } from '@tanstack/react-query'
import { ApiError, messageOf, traceLine } from '../../api/errors.ts'
import type { Definitions } from '../../api/definitions.ts'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/notice.tsx'

/** Says that BigV did not tell what there is to choose from. The form stays, and can be typed into. */
export function DefinitionsProblem({ query }: { query: UseQueryResult<Definitions> }) {
  if (query.data !== undefined || query.error === null) return null
  const { error } = query
  return (
    <FormError
      title="What BigV offers could not be read"
      text={
        <>
          <p>{messageOf(error)}</p>
          <p>Until then, distributions, storage grades and hardware profiles cannot be chosen.</p>
        </>
      }
      details={error instanceof ApiError ? traceLine(error.trace) : undefined}
    >
      <Button pending={query.isFetching} onClick={() => void query.refetch()}>
        Try again
      </Button>
    </FormError>
  )
}
