import { Attributes } from './attributes.tsx'
import { ChangedElsewhere } from './changed-elsewhere.tsx'
import { Console } from './console.tsx'
import { Discs } from './discs.tsx'
import { Network } from './network.tsx'
import { SeenHere } from './seen-here.tsx'
import type { TabProps } from '../../../components/machine/tab-props.ts'

/** Everything about the machine at a glance. */
export function Overview({ group, machine: { vm } }: TabProps) {
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid content-start gap-4">
        <Attributes vm={vm} />
        <Discs discs={vm.discs} />
      </div>
      <div className="grid content-start gap-4">
        {!vm.deleted && <Console address={vm.management_address} />}
        <Network nics={vm.network_interfaces} />
        <SeenHere id={vm.id} />
        <ChangedElsewhere account={group.account} id={vm.id} />
      </div>
    </div>
  )
}
