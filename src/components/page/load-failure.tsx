import type { ReactNode } from 'react'
import { messageOf, traceLine, ApiError } from '../../api/errors.ts'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/notice.tsx'

interface Props {
  /** What could not be loaded: "The machines of default". */
  what: string
  error: Error
  onRetry: () => void
  actions?: ReactNode
}

/** In place of a page whose data could not be loaded. */
export function LoadFailure({ what, error, onRetry, actions }: Props) {
  return (
    <FormError
      title={`${what} could not be read`}
      text={messageOf(error)}
      details={error instanceof ApiError ? traceLine(error.trace) : undefined}
    >
      <Button onClick={onRetry}>Try again</Button>
      {actions}
    </FormError>
  )
}
