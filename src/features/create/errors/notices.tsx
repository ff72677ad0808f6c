import { useEffect, useRef } from 'react'
import { traceLine, type ApiError } from '../../../api/errors.ts'
import type { GroupRef } from '../../../lib/links.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { FormError } from '../../../ui/fields/form-error.tsx'
import { complaintsOf, type Attempt } from './complaints.ts'
import { UnclearNotice } from './unclear-notice.tsx'

interface Props {
  group: GroupRef
  attempt: Attempt
  pending: boolean
  onSendAgain: () => void
}

/**
 * Why there is no machine, or none that is known of; what belongs to a field is said there. It takes the focus when no
 * field does: the button that was pressed may be a long way below.
 */
export function FailureNotice(props: Props) {
  const { attempt } = props
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (Object.keys(complaintsOf(attempt).fields).length === 0) notice.current?.focus()
  }, [attempt])
  if (attempt.failure.is === 'taken') return null // on the name's field
  return (
    <div ref={notice} tabIndex={-1} className="scroll-mt-16 outline-none">
      <Reason {...props} />
    </div>
  )
}

function Reason({ group, attempt, pending, onSendAgain }: Props) {
  const { failure } = attempt
  switch (failure.is) {
    case 'taken':
      return null
    case 'not sent':
      return <FormError title="The machine was not created" text={failure.reason} />
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
