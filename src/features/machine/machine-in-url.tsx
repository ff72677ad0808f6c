import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link, useLocation, useNavigate } from 'react-router'
import { actions, machineActionOf } from '../../actions/index.ts'
import { groupQueries } from '../../api/groups.ts'
import { isNotFound, queryClient } from '../../api/query-client.ts'
import { machineQueries, type VirtualMachine } from '../../api/virtual-machines.ts'
import { links, TYPED, type GroupRef } from '../../lib/links.ts'
import { isId, segmentOf } from '../../lib/names.ts'
import { refreshGroup } from '../../operations/machine-cache.ts'
import type { Operation } from '../../operations/operation.ts'
import { onOperationEnd, useOperations } from '../../operations/store.ts'
import { Notice } from '../../ui/notice.tsx'

type Resolved =
  | { is: 'known'; id: number }
  /** The number in the URL is no id, but this machine's name. */
  | { is: 'named'; id: number }
  /** The number in the URL is one machine's id and another's name. */
  | { is: 'both'; byId: VirtualMachine; byName: VirtualMachine }
  | { is: 'creating'; operation: Operation }
  | { is: 'failed'; error: Error; refetch: () => unknown }
  | { is: 'fetching' }

/**
 * Resolves the name or id in the URL to the machine's id. A name is fetched once; later requests use the id. A machine that this
 * browser is creating may not be available yet.
 */
export function useMachineId(group: GroupRef, named: string): Resolved {
  const number = useNumber(group, named)
  const byName = useQuery({
    ...machineQueries.named(group, named),
    enabled: !isId(named),
    // Don't retry a request that the loader just saw fail.
    retryOnMount: false,
  })
  const creation = useOperations().findLast(
    ({ action, target }) =>
      actions[action].on === 'new machine' &&
      target.name === named &&
      target.group === group.group &&
      target.account === group.account,
  )
  if (number !== null) return number
  if (byName.data) return { is: 'known', id: byName.data.vm.id }
  if (creation !== undefined && creation.target.id !== null) return { is: 'known', id: creation.target.id }
  if (creation !== undefined && creation.phase !== 'ended') return { is: 'creating', operation: creation }
  if (byName.isError) {
    const { error, refetch } = byName
    const ended = creation && isNotFound(error)
    return { is: 'failed', error: ended ? new Error(creation.note || error.message) : error, refetch }
  }
  return { is: 'fetching' }
}

/**
 * Resolves a number in the URL; null for a name. The dashboard's links have ids, so only a number that the user typed or pasted may be a
 * name. BigV would take the number for an id, so the name is looked up in the group's list. If the list doesn't load, the number counts as
 * an id.
 */
function useNumber(group: GroupRef, named: string): Resolved | null {
  const { key, state } = useLocation()
  const number = isId(named)
  // React Router gives this key to an address that it didn't open itself.
  const asks = number && (key === 'default' || state === TYPED)
  const { data, isPending } = useQuery({
    ...machineQueries.list(group),
    // Fetches the list only once: an active query would be refetched after every operation.
    enabled: (query) => asks && query.state.data === undefined,
    retry: false,
  })
  if (!number) return null
  const id = Number(named)
  if (!asks) return { is: 'known', id }
  if (isPending) return { is: 'fetching' }
  const byName = data?.find((vm) => vm.name === named)
  if (byName === undefined || byName.id === id) return { is: 'known', id }
  const byId = data?.find((vm) => vm.id === id)
  return byId === undefined ? { is: 'named', id: byName.id } : { is: 'both', byId, byName }
}

/** Updates the URL after this browser has renamed or moved the machine. The open tab stays open, and an id in the URL stays an id. */
export function useFollowChange(group: GroupRef, id: number, named: string): void {
  const navigate = useNavigate()
  const { search } = useLocation()
  useEffect(
    () =>
      onOperationEnd(({ action, outcome, target, expects }) => {
        const moves = machineActionOf(action)?.accountsFor
        if (outcome !== 'done' || target.id !== id) return
        if (!moves?.('name', expects) && !moves?.('group', expects)) return
        const { name, group_id } = expects ?? {}
        const newName = typeof name === 'string' && !isId(named) ? name : named
        const newGroup = groupWithId(group, group_id) ?? group
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

function groupWithId({ account }: GroupRef, id: unknown): GroupRef | null {
  const groups = queryClient.getQueryData(groupQueries.list(account).queryKey)
  const group = groups?.find((each) => each.id === id)
  return group === undefined ? null : { account, group: segmentOf(group) }
}

interface Props {
  group: GroupRef
  named: string
  vm: Pick<VirtualMachine, 'id' | 'name'>
}

/** Shown if the machine has been renamed since the page was opened; links to the machine that now has its old name. */
export function Renamed({ group, named, vm }: Props) {
  const renamed = !isId(named) && vm.name !== named
  const options = machineQueries.named(group, named)
  // A separate query key, because the cached answer for this name is still the renamed machine.
  const holder = useQuery({ ...options, queryKey: [...options.queryKey, 'after', vm.name], enabled: renamed })
  if (!renamed) return null
  const other = holder.data && holder.data.vm.id !== vm.id ? holder.data.vm : null
  return (
    <Notice tone="warn" role="status" className="mt-3" title={`This machine is now called ${vm.name}`}>
      {other === null ? (
        <>You opened this page as {named}. It’s the same machine: its id hasn’t changed.</>
      ) : (
        <>
          The name {named} now belongs to{' '}
          <Link className="underline" to={links.machine(group, other.id)}>
            another machine
          </Link>
          . This page still shows and controls {vm.name}.
        </>
      )}
    </Notice>
  )
}
