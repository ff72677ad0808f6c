import { create } from '../../actions/create.ts'
import { useQuery } from '@tanstack/react-query'
import { isNotFound, queryClient } from '../../api/query-client.ts'
import { machineQueries } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import type { Operation } from '../../operations/operation.ts'
import { useOperations } from '../../operations/use-operations.ts'

type Resolved =
  | { is: 'known'; id: number }
  | { is: 'creating'; operation: Operation }
  | { is: 'failed'; error: Error; retry: () => void }
  | { is: 'fetching' }

/** Whether what stands in the URL is an id: digits only (API reference, "Names and ids in paths"). */
export function isId(named: string): boolean {
  return /^\d+$/.test(named)
}

/**
 * Finds the machine that a name or id in the URL means, by one reading; from then on its id is the key of everything. A
 * machine that is just being created here may not be there to be read yet.
 */
export function useMachineId(group: GroupRef, named: string): Resolved {
  const byName = useQuery({
    ...machineQueries.named(group, named),
    enabled: !isId(named),
    // The loader has asked already.
    retryOnMount: false,
  })
  const creation = useOperations().findLast(
    ({ action, target }) =>
      action === create.name &&
      target.name === named &&
      target.group === group.group &&
      target.account === group.account,
  )
  if (isId(named)) return { is: 'known', id: Number(named) }
  if (byName.data) {
    // What was read by name need not be read again by id.
    const { queryKey } = machineQueries.detail(group, byName.data.vm.id)
    if (queryClient.getQueryData(queryKey) === undefined) queryClient.setQueryData(queryKey, byName.data)
    return { is: 'known', id: byName.data.vm.id }
  }
  if (creation !== undefined && creation.target.id !== null) return { is: 'known', id: creation.target.id }
  if (creation !== undefined && creation.phase !== 'ended') return { is: 'creating', operation: creation }
  if (byName.isError) {
    return {
      is: 'failed',
      error:
        creation && isNotFound(byName.error)
          ? new Error(creation.note || byName.error.message)
          : byName.error,
      retry: () => void byName.refetch(),
    }
  }
  return { is: 'fetching' }
}
