import { change } from '../../actions/lifecycle.ts'
import { useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { groupQueries } from '../../api/groups.ts'
import { queryClient } from '../../api/query-client.ts'
import { machineQueries } from '../../api/virtual-machines.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { refreshGroup } from '../../operations/machine-cache.ts'
import { onOperationEnd } from '../../operations/store.ts'
import { isId } from './use-machine-id.ts'

/** After a rename or a move made here, the page's URL follows the machine, with its tab; a machine opened by its id keeps that. */
export function useFollowChange(group: GroupRef, id: number, named: string): void {
  const navigate = useNavigate()
  const { search } = useLocation()
  useEffect(
    () =>
      onOperationEnd(({ action, outcome, target, expects }) => {
        if (action !== change.name || outcome !== 'done' || target.id !== id) return
        const { name, group_id } = expects ?? {}
        const newName = typeof name === 'string' && !isId(named) ? name : named
        const newGroup = groupNamed(group, group_id) ?? group
        if (newName === named && newGroup === group) return
        const machine = queryClient.getQueryData(machineQueries.detail(group, id).queryKey)
        if (machine) {
          queryClient.setQueryData(machineQueries.detail(newGroup, id).queryKey, machine)
          queryClient.setQueryData(machineQueries.named(newGroup, newName).queryKey, machine)
        }
        if (newGroup !== group) refreshGroup(newGroup)
        void navigate(links.machine(newGroup, newName) + search, { replace: true })
      }),
    [group, id, named, search, navigate],
  )
}

function groupNamed({ account }: GroupRef, id: unknown): GroupRef | null {
  const groups = queryClient.getQueryData(groupQueries.list(account).queryKey)
  const group = groups?.find((each) => each.id === id)
  return group === undefined ? null : { account, group: group.name }
}
