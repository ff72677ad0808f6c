import { deleteGroup, notEmptyReason } from '../../actions/groups.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, messageOf, traceLine } from '../../api/errors.ts'
import { fetchGroupContents, refreshGroups } from '../../api/groups.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { plainFailure } from '../../components/plain-problem.tsx'
import { TypeToConfirm } from '../../components/machine/type-to-confirm.tsx'
import { isTyped } from '../../lib/shown.ts'
import { forbiddenReason } from '../../operations/forbidden.ts'
import { readOnlyReason } from '../../operations/read-only.ts'
import type { PlainResult } from '../../operations/plain.ts'
import { doThing } from '../../operations/thing.ts'
import { useReadOnly, useOperations } from '../../operations/use-operations.ts'
import { Button } from '../../ui/button.tsx'
import { FormError } from '../../ui/fields/form-error.tsx'
import { busyGroupReason } from './group-gate.ts'

interface Props {
  account: string
  group: { id: number; name: string }
  onClose: () => void
}

/** Asks before a group is deleted, once it is known to be empty, and wants its name typed. */
export function DeleteDialog({ account, group, onClose }: Props) {
  const [typed, setTyped] = useState('')
  const [sending, setSending] = useState(false)
  const [result, setResult] = useState<PlainResult | null>(null)
  const operations = useOperations()
  const readOnly = useReadOnly()
  const contents = useQuery({
    queryKey: ['accounts', account, 'contents', group.id],
    queryFn: () => fetchGroupContents(account, group.id),
    staleTime: 0,
    gcTime: 0,
  })
  const name = contents.data?.name ?? group.name
  const params = { account, id: group.id, name }
  const disabledReason =
    readOnlyReason(readOnly) ??
    forbiddenReason(deleteGroup, deleteGroup.target(params)) ??
    (sending ? null : busyGroupReason(account, group.name, operations)) ??
    (contents.data ? notEmptyReason(contents.data) : 'What it holds has to be read first.') ??
    (isTyped(typed, name) ? null : `Type the name of the group, ${name}, first.`)

  const send = async () => {
    setSending(true)
    setResult(null)
    // Read again: what was empty when the question was asked may have a machine by now.
    const now = await contents.refetch()
    if (
      now.data === undefined ||
      now.isError ||
      notEmptyReason(now.data) !== null ||
      now.data.name !== name
    ) {
      setSending(false)
      return
    }
    const sent = await doThing(deleteGroup, params)
    setSending(false)
    refreshGroups(account)
    if (sent.is === 'done') onClose()
    else setResult(sent)
  }

  return (
    <FormDialog
      title={`Delete the group ${name}?`}
      description="A group can be deleted only when it is empty, and cannot be restored. Its name is free again, and who was given rights on it loses them."
      label="Delete group"
      danger
      disabledReason={disabledReason}
      sending={sending}
      held
      failure={plainFailure(result)}
      requests={deleteGroup.requests(params)}
      onSubmit={send}
      onClose={onClose}
    >
      {contents.isError && (
        <FormError
          title="What it holds could not be read"
          text={messageOf(contents.error)}
          details={contents.error instanceof ApiError ? traceLine(contents.error.trace) : undefined}
        >
          <Button onClick={() => void contents.refetch()}>Try again</Button>
        </FormError>
      )}
      {contents.data && <p>{notEmptyReason(contents.data) ?? 'It is empty.'}</p>}
      {contents.isPending && <p role="status">What it holds is being read…</p>}
      <TypeToConfirm name={name} typed={typed} onType={setTyped} />
    </FormDialog>
  )
}
