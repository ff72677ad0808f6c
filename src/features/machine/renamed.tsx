import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { machineQueries, type VirtualMachine } from '../../api/virtual-machines.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { Notice } from '../../ui/notice.tsx'
import { isId } from './use-machine-id.ts'

interface Props {
  group: GroupRef
  named: string
  vm: Pick<VirtualMachine, 'id' | 'name'>
}

/** The machine that was opened by a name no longer has it: says so, and whose the name is now. */
export function Renamed({ group, named, vm }: Props) {
  const renamed = !isId(named) && vm.name !== named
  const options = machineQueries.named(group, named)
  // Read again: the first reading by this name led here.
  const holder = useQuery({ ...options, queryKey: [...options.queryKey, 'after', vm.name], enabled: renamed })
  if (!renamed) return null
  const other = holder.data && holder.data.vm.id !== vm.id ? holder.data.vm : null
  return (
    <Notice tone="warn" role="status" className="mt-3" title={`This machine is called ${vm.name} now`}>
      {other === null ? (
        <>It was opened as {named}. It is still the same machine, by its id.</>
      ) : (
        <>
          The name {named} belongs to{' '}
          <Link className="underline" to={links.machine(group, other.id)}>
            another machine
          </Link>{' '}
          now. What you see and do here is about {vm.name}.
        </>
      )}
    </Notice>
  )
}
