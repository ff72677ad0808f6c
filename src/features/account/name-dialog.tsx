import { createGroup, renameGroup } from '../../actions/groups.ts'
import { useState } from 'react'
import { refreshGroups } from '../../api/groups.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { plainFailure } from '../../components/plain-problem.tsx'
import { groupNameProblem } from '../../lib/names.ts'
import { forbiddenReason } from '../../operations/forbidden.ts'
import { readOnlyReason } from '../../operations/read-only.ts'
import type { PlainResult } from '../../operations/plain.ts'
import { bindThing } from '../../operations/thing.ts'
import { useReadOnly, useOperations } from '../../operations/use-operations.ts'
import { TextField } from '../../ui/fields/text-field.tsx'
import { busyGroupReason } from './group-gate.ts'

interface Props {
  account: string
  /** The group to rename, or null for a new one. */
  group: { id: number; name: string } | null
  /** The names of the account's groups. */
  names: readonly string[]
  onClose: () => void
}

/** Asks for the name of a new group, or for the new name of one. */
export function NameDialog({ account, group, names, onClose }: Props) {
  const [name, setName] = useState(group?.name ?? '')
  const [tried, setTried] = useState(false)
  const [sending, setSending] = useState(false)
  const [result, setResult] = useState<PlainResult | null>(null)
  const operations = useOperations()
  const readOnly = useReadOnly()
  const others = names.filter((each) => each !== group?.name)
  const problem = name === group?.name ? 'That is its name already.' : groupNameProblem(name, others)
  const busy = group && !sending ? busyGroupReason(account, group.name, operations) : null
  const refused = result !== null && result.is === 'refused' ? (result.error.fields['name'] ?? []) : []
  const bound =
    group === null
      ? bindThing(createGroup, { account, name })
      : bindThing(renameGroup, { account, id: group.id, name: group.name, to: name })

  const send = async () => {
    setTried(true)
    if (problem !== null) return
    setSending(true)
    setResult(null)
    const sent = await bound.send()
    setSending(false)
    refreshGroups(account)
    if (sent.is === 'done') onClose()
    else setResult(sent)
  }

  return (
    <FormDialog
      title={group === null ? 'Create a group' : `Rename ${group.name}`}
      description={
        group === null
          ? `It will belong to ${account}, and be empty.`
          : 'The hostnames of its machines have the name of the group in them. Links to it under its old name end.'
      }
      label={group === null ? 'Create group' : 'Rename'}
      disabledReason={readOnlyReason(readOnly) ?? forbiddenReason(bound.action, bound.target) ?? busy}
      sending={sending}
      held
      failure={plainFailure(result)}
      requests={bound.requests}
      onSubmit={send}
      onClose={onClose}
    >
      <TextField
        label={group === null ? 'Name' : 'New name'}
        mono
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={name}
        errors={tried && problem !== null ? [problem] : refused}
        onChange={(event) => {
          setName(event.currentTarget.value)
          setResult(null)
        }}
      />
    </FormDialog>
  )
}
