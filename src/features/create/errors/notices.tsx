import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import type { Definitions } from '../../../api/definitions.ts'
import { ApiError, messageOf, traceLine } from '../../../api/errors.ts'
import type { MachineData } from '../../../api/virtual-machines.ts'
import { NewPassword } from '../../../components/root-password.tsx'
import { links, type GroupRef } from '../../../lib/links.ts'
import { Button, buttonClass } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/code.tsx'
import { FormError, Notice } from '../../../ui/notice.tsx'
import type { Attempt } from '../form/use-create.ts'
import { serverErrorsOf } from './server-errors.ts'

interface FailureNoticeProps {
  group: GroupRef
  attempt: Attempt
  pending: boolean
  onSendAgain: () => void
}

/**
 * Says why no machine was created. Messages about a field are shown at that field. If no field gets the focus, the notice does, because the
 * pressed button may be far below it.
 */
export function FailureNotice(props: FailureNoticeProps) {
  const { attempt } = props
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (Object.keys(serverErrorsOf(attempt).fields).length === 0) notice.current?.focus()
  }, [attempt])
  if (attempt.failure.is === 'taken') return null // shown at the name field
  return (
    <div ref={notice} tabIndex={-1} className="scroll-mt-16 outline-none">
      <Reason {...props} />
    </div>
  )
}

function Reason({ group, attempt, pending, onSendAgain }: FailureNoticeProps) {
  const { failure } = attempt
  switch (failure.is) {
    case 'taken':
      return null
    case 'not sent':
      return <FormError title="The machine was not created" text={failure.reason} />
    case 'broken':
      return <FormError title={`${attempt.sent.name} may have been created`} text={failure.message} />
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
  const { fields, rest } = serverErrorsOf(attempt)
  const onFields = Object.keys(fields).length > 0
  const line = traceLine(error.trace)
  return (
    <FormError
      title="The machine was not created"
      text={onFields ? ['BigV refused the highlighted fields.', ...rest].join(' ') : error.message}
      details={line}
    >
      <CopyButton value={line} label="Copy details" />
    </FormError>
  )
}

interface UnclearNoticeProps {
  group: GroupRef
  name: string
  error: ApiError
  found: MachineData | null
  pending: boolean
  onSendAgain: () => void
}

/** Shown after a request without an answer. Names the machine if a later fetch found it, and offers to send the request again. */
function UnclearNotice({ group, name, error, found, pending, onSendAgain }: UnclearNoticeProps) {
  const line = traceLine(error.trace)
  return (
    <Notice role="alert" tone="warn" title={`${name} may have been created`}>
      <p>{error.message}</p>
      <p>
        {found
          ? foundSentence(found)
          : `${name} couldn’t be found afterwards. BigV may still be creating it.`}
      </p>
      <NewPassword group={group} name={name} />
      <p className="mt-1 font-mono text-xs text-muted">
        {line} <CopyButton value={line} label="Copy details" />
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        {found && (
          <Link to={links.machine(group, found.vm.id)} className={buttonClass()}>
            <span className="truncate">Open {found.vm.name}</span>
          </Link>
        )}
        <Button pending={pending} onClick={onSendAgain}>
          Send again
        </Button>
      </div>
    </Notice>
  )
}

function foundSentence({ vm, creating }: MachineData): string {
  if (creating) return `${vm.name} exists now and is being created.`
  return `${vm.name} exists now and is ${vm.power_on ? 'on' : 'off'}.`
}

/** Shown if the definitions couldn't be loaded: the form still works, but its lists are empty. */
export function DefinitionsNotice({ query }: { query: UseQueryResult<Definitions> }) {
  if (query.data !== undefined || query.error === null) return null
  const { error } = query
  return (
    <FormError
      title="Couldn’t load BigV’s options"
      text={
        <>
          <p>{messageOf(error)}</p>
          <p>Until they load, you can’t choose a distribution, storage grade or hardware profile.</p>
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
