import { swapAddresses } from '../../../actions/network.ts'
import { ArrowLeftRight } from 'lucide-react'
import { useState } from 'react'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { NicCard } from './nic-card.tsx'
import { SwapAddresses } from './swap-addresses.tsx'
import type { MachineInGroup } from '../../../components/machine/machine-in-group.ts'

/** The machine's network interfaces, each with its addresses and their names; and swapping them with another machine's. */
export function NetworkTab(props: MachineInGroup) {
  const nics = props.machine.vm.network_interfaces
  const disabledReasonOf = useDisabledReason(props.machine)
  const [swapping, setSwapping] = useState(false)
  if (!nics) return <Notice>BigV did not say which network interfaces it has.</Notice>
  if (nics.length === 0) return <Notice>It has no network interface.</Notice>
  return (
    <div className="grid gap-4">
      {nics.map((nic) => (
        <NicCard key={nic.id} {...props} nic={nic} />
      ))}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button disabledReason={disabledReasonOf(swapAddresses)} onClick={() => setSwapping(true)}>
          <ArrowLeftRight size={15} aria-hidden />
          {swapAddresses.label}…
        </Button>
        <span className="text-xs text-muted">
          with another machine of this account, as when one takes the place of the other.
        </span>
      </div>
      {swapping && <SwapAddresses {...props} onClose={() => setSwapping(false)} />}
    </div>
  )
}
