import { Notice } from '../../ui/notice.tsx'
import { NicCard } from './nic-card.tsx'
import type { TabProps } from './tab-props.ts'

/** The machine's network interfaces, each with its addresses and their names. */
export function NetworkTab(props: TabProps) {
  const nics = props.reading.vm.network_interfaces
  if (!nics) return <Notice>BigV did not say which network interfaces it has.</Notice>
  if (nics.length === 0) return <Notice>It has no network interface.</Notice>
  return (
    <div className="grid gap-4">
      {nics.map((nic) => (
        <NicCard key={nic.id} {...props} nic={nic} />
      ))}
    </div>
  )
}
