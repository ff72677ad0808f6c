import { traceLine, type ApiError } from '../../api/errors.ts'
import type { GroupRef } from '../../lib/links.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { complaintsOf, type Attempt } from './complaints.ts'
import { UnclearNotice } from './unclear-notice.tsx'

interface Props {
  group: GroupRef
  attempt: Attempt
  pending: boolean
  onSendAgain: () => void
}

/** Why there is no machine, or none that is known of; what belongs to a field is said there. */
export function FailureNotice({ group, attempt, pending, onSendAgain }: Props) {
  const { failure } = attempt
  switch (failure.is) {
    case 'taken':
      return null // on the name's field
    case 'barred':
      return <FormError title="Nothing was sent" text={failure.reason} />
    case 'broken':
      return <FormError title="This page failed" text={failure.message} />
    case 'refused':
      return <Refused error={failure.error} attempt={attempt} />
    case 'unclear':
      return (
        <UnclearNotice
          group={group}
          name={attempt.sent.name}
          error={failure.error}
          found={failure.found}
          pending={pending}
          onSendAgain={onSendAgain}
        />
      )
  }
}

function Refused({ error, attempt }: { error: ApiError; attempt: Attempt }) {
  const { fields, rest } = complaintsOf(attempt)
  const onFields = Object.keys(fields).length > 0
  const line = traceLine(error.trace)
  return (
    <FormError
      title="The machine was not created"
      text={onFields ? ['BigV refused what is marked below.', ...rest].join(' ') : error.message}
      details={line}
    >
      <CopyButton value={line} label="Copy the details" />
    </FormError>
  )
}
