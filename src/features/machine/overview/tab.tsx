import type { MachineInGroup } from '../../../components/machine/machine-in-group.ts'
import { useSession } from '../../../session/session.ts'
import { Card } from '../../../ui/card.tsx'
import { CodeBlock } from '../../../ui/code.tsx'
import { Attributes, Discs, Network } from './attributes.tsx'
import { ChangedElsewhere, DoneHere } from './history.tsx'

/** Everything about the machine at a glance. */
export function Overview({ group, machine: { vm } }: MachineInGroup) {
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid content-start gap-4">
        <Attributes vm={vm} />
        <Discs discs={vm.discs} />
      </div>
      <div className="grid content-start gap-4">
        {!vm.deleted && <Console address={vm.management_address} />}
        <Network nics={vm.network_interfaces} />
        <DoneHere id={vm.id} />
        <ChangedElsewhere account={group.account} id={vm.id} />
      </div>
    </div>
  )
}

/** How to reach the machine when it does not answer: the serial console, through the head's ssh. */
function Console({ address }: { address: string | null | undefined }) {
  const { credentials } = useSession()
  return (
    <Card title="Out-of-band console">
      {address ? (
        <>
          <CodeBlock
            code={`ssh ${credentials?.username ?? 'USER'}@${address}`}
            copyLabel="Copy the ssh command"
          />
          <p className="px-3.5 py-2.5 text-xs text-muted">
            Works when the machine does not answer or you are locked out.
          </p>
        </>
      ) : (
        <p className="px-3.5 py-2.5 text-muted">BigV gives no management address for it.</p>
      )}
    </Card>
  )
}
