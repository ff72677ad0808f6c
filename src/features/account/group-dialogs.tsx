import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { createGroup, deleteGroup, notEmptyReason, renameGroup } from '../../actions/groups.ts'
import { actions } from '../../actions/index.ts'
import { fetchGroupContents, refreshGroups } from '../../api/groups.ts'
import { ResourceDialog } from '../../components/form-dialog.tsx'
import { TypeToConfirm } from '../../components/machine/type-to-confirm.tsx'
import { LoadFailure } from '../../components/page/freshness.tsx'
import { useDraft } from '../../components/use-draft.ts'
import { groupNameProblem, segmentOf } from '../../lib/names.ts'
import { isTyped } from '../../lib/shown.ts'
import type { Operation } from '../../operations/operation.ts'
import { bindResourceAction } from '../../operations/resource-action.ts'
import { useOperations } from '../../operations/store.ts'
import { useResourceAction } from '../../operations/use-action.ts'
import { TextField } from '../../ui/fields/text-field.tsx'

interface NameProps {
  account: string
  /** The group to rename, or null for a new one. */
  group: { id: number; name: string } | null
  names: readonly string[]
  onClose: () => void
}

export function NameDialog({ account, group, names, onClose }: NameProps) {
  const draft = useDraft({ name: group?.name ?? '' }, { onInput: () => change.reset() })
  const { name } = draft.values
  const [tried, setTried] = useState(false)
  const operations = useOperations()
  const others = names.filter((each) => each !== group?.name)
  const problem = name === group?.name ? 'The group already has this name.' : groupNameProblem(name, others)
  const change = useResourceAction<unknown>(
    group === null
      ? bindResourceAction(createGroup, { account, name })
      : bindResourceAction(renameGroup, { account, id: group.id, name: group.name, to: name }),
    () => refreshGroups(account),
  )
  const busy = group && !change.isPending ? busyGroupReason(account, group, operations) : null

  return (
    <ResourceDialog
      title={group === null ? 'Create group' : `Rename ${group.name}`}
      description={
        group === null
          ? `Creates an empty group in ${account}.`
          : 'The group’s name is part of its machines’ hostnames. Links that use the old name will stop working.'
      }
      label={group === null ? 'Create group' : 'Rename'}
      change={change}
      problem={busy}
      onSubmit={() => {
        setTried(true)
        if (problem === null) change.mutate({ ...draft.saving(), onSuccess: onClose })
      }}
      onClose={onClose}
    >
      <TextField
        label={group === null ? 'Name' : 'New name'}
        mono
        // While the change is being sent, the list of groups may already have the new name, which would show as taken.
        errors={tried && problem !== null && !change.isPending ? [problem] : change.error?.fields['name']}
        {...draft.text('name')}
      />
    </ResourceDialog>
  )
}

interface DeleteProps {
  account: string
  group: { id: number; name: string }
  onClose: () => void
}

/** Asks for the group's name before deleting the group. Deleting is enabled once the group is known to be empty. */
export function DeleteDialog({ account, group, onClose }: DeleteProps) {
  const [typed, setTyped] = useState('')
  const operations = useOperations()
  const contents = useQuery({
    queryKey: ['accounts', account, 'contents', group.id],
    queryFn: () => fetchGroupContents(account, group.id),
    staleTime: 0,
    gcTime: 0,
  })
  const name = contents.data?.name ?? group.name
  const remove = useResourceAction(
    bindResourceAction(deleteGroup, { account, id: group.id, name }),
    (failure) => {
      refreshGroups(account)
      if (failure !== null) void contents.refetch()
    },
  )
  const unchecked = contents.isError
    ? 'Couldn’t check whether the group is empty.'
    : 'Checking whether the group is empty…'
  const problem =
    (remove.isPending ? null : busyGroupReason(account, group, operations)) ??
    (contents.data ? notEmptyReason(contents.data) : unchecked) ??
    (isTyped(typed, name) ? null : `Type the group’s name, ${name}, to confirm.`)

  return (
    <ResourceDialog
      title={`Delete the group ${name}?`}
      description="Only an empty group can be deleted, and this can’t be undone. The name can then be reused, and users lose their privileges on the group."
      label="Delete group"
      danger
      change={remove}
      problem={problem}
      onClose={onClose}
    >
      {contents.isError && <LoadFailure what="the group’s machines" query={contents} />}
      {contents.data && <p>{notEmptyReason(contents.data) ?? 'The group is empty.'}</p>}
      {contents.isPending && <p role="status">Checking whether the group is empty…</p>}
      <TypeToConfirm name={name} typed={typed} onType={setTyped} />
    </ResourceDialog>
  )
}

/**
 * Why a group can't be renamed or deleted now, or null. A running operation prevents both, as it fetches its machine by the group's name.
 */
export function busyGroupReason(
  account: string,
  group: { id: number; name: string },
  operations: readonly Operation[],
): string | null {
  const called = new Set([group.name, segmentOf(group)])
  const busy = operations.find(
    ({ phase, target }) => phase !== 'ended' && target.account === account && called.has(target.group),
  )
  return busy === undefined
    ? null
    : `“${actions[busy.action].label} ${busy.target.name}” is still running in this group.`
}
