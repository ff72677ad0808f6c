import { useState } from 'react'
import { groupPath, groupsPath, readGroups, refreshGroups } from '../../api/groups.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { plainFailure } from '../../components/plain-problem.tsx'
import { groupNameProblem } from '../../lib/group-names.ts'
import { forbiddenRefusal } from '../../operations/forbidden.ts'
import { lookOnlyRefusal } from '../../operations/look-only.ts'
import type { PlannedRequest } from '../../operations/operation.ts'
import { doPlainly, type PlainResult } from '../../operations/plain.ts'
import { useLookOnly, useOperations } from '../../operations/use-operations.ts'
import { TextField } from '../../ui/text-field.tsx'
import { busyGroupRefusal } from './group-gate.ts'

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
  const lookOnly = useLookOnly()
  const others = names.filter((each) => each !== group?.name)
  const problem = name === group?.name ? 'That is its name already.' : groupNameProblem(name, others)
  const busy = group && !sending ? busyGroupRefusal(account, group.name, operations) : null
  const refused = result !== null && result.is === 'refused' ? (result.error.fields['name'] ?? []) : []
  const planned: PlannedRequest =
    group === null
      ? { method: 'POST', path: groupsPath(account), body: { name } }
      : { method: 'PUT', path: groupPath(account, group.id), body: { name } }

  const about = group?.name ?? name
  const action = group === null ? 'create_group' : 'rename_group'
  const target = { account, group: about, id: null, name: about }

  const send = async () => {
    setTried(true)
    if (problem !== null) return
    setSending(true)
    setResult(null)
    const sent = await doPlainly(action, target, planned, {
      check: async () => {
        const now = await readGroups(account)
        if (now.some((each) => each.name === name)) return `There is a group ${name} by now.`
        const same = group === null || now.some((each) => each.id === group.id && each.name === group.name)
        return same ? null : `There is no group ${about} any more.`
      },
      readBack: async () =>
        (await readGroups(account)).some((each) => each.name === name && (!group || each.id === group.id))
          ? null
          : `BigV took the request, but read again, no group is called ${name}.`,
    })
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
      refusal={lookOnlyRefusal(lookOnly) ?? forbiddenRefusal(action, target) ?? busy}
      sending={sending}
      held
      failure={plainFailure(result)}
      requests={[planned]}
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
