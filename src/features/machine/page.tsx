import { purge as purgeMachine } from '../../actions/lifecycle.ts'
import { useParams, type LoaderFunctionArgs } from 'react-router'
import { queryClient } from '../../api/query-client.ts'
import { machineQueries } from '../../api/virtual-machines.ts'
import { currentSession } from '../../session/session.ts'
import { useOperations } from '../../operations/use-operations.ts'
import { Creating } from './creating.tsx'
import { Gone } from './gone.tsx'
import { Machine } from './machine.tsx'
import { NoMachine } from './no-machine.tsx'
import { Resolving } from './resolving.tsx'
import { isId, useMachineId } from './use-machine-id.ts'

/** Starts the reading while the page is still on its way; the page itself waits for it. */
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

function MachinePage({ group, named }: { group: { account: string; group: string }; named: string }) {
  const resolved = useMachineId(group, named)
  const id = resolved.is === 'known' ? resolved.id : null
  const purge = useOperations().findLast(
    ({ action, outcome, target }) => action === purgeMachine.name && outcome === 'done' && target.id === id,
  )
  if (purge !== undefined) return <Gone group={group} purge={purge} />
  switch (resolved.is) {
    case 'known':
      return <Machine group={group} id={resolved.id} named={named} />
    case 'creating':
      return <Creating operation={resolved.operation} group={group} />
    case 'failed':
      return <NoMachine group={group} named={named} error={resolved.error} onRetry={resolved.retry} />
    case 'fetching':
      return <Resolving named={named} />
  }
}
