import { useParams, type LoaderFunctionArgs } from 'react-router'
import { simpleActionOf } from '../../actions/index.ts'
import { queryClient } from '../../api/query-client.ts'
import { machineQueries } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { useOperations } from '../../operations/use-operations.ts'
import { currentSession } from '../../session/session.ts'
import { isId, useMachineId } from './machine-in-url.tsx'
import { Machine } from './machine.tsx'
import { Creating, Fetching, NoMachine, Purged } from './no-machine.tsx'

/** Starts to fetch the machine while the page's code is on its way; the page itself waits for it. */
export function loader({ params: { account = '', group = '', vm = '' } }: LoaderFunctionArgs) {
  if (currentSession().credentials === null) return null
  const ref = { account, group }
  const machine = isId(vm)
    ? queryClient.query(machineQueries.detail(ref, Number(vm)))
    : queryClient.query(machineQueries.named(ref, vm))
  void machine.catch(() => {})
  return null
}

export function Component() {
  const { account = '', group = '', vm = '' } = useParams()
  return <MachinePage key={`${account}/${group}/${vm}`} group={{ account, group }} named={vm} />
}

function MachinePage({ group, named }: { group: GroupRef; named: string }) {
  const resolved = useMachineId(group, named)
  const id = resolved.is === 'known' ? resolved.id : null
  const purge = useOperations().findLast(
    ({ action, outcome, target }) =>
      target.id === id && outcome === 'done' && simpleActionOf(action)?.isAchieved?.(null),
  )
  if (purge !== undefined) return <Purged group={group} purge={purge} />
  switch (resolved.is) {
    case 'known':
      return <Machine group={group} id={resolved.id} named={named} />
    case 'creating':
      return <Creating operation={resolved.operation} group={group} />
    case 'failed':
      return <NoMachine group={group} named={named} error={resolved.error} onRetry={resolved.retry} />
    case 'fetching':
      return <Fetching named={named} />
  }
}
