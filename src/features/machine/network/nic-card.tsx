import { requestAddresses, setReverseDns } from '../../../actions/network.ts'
import { useState, type ReactNode } from 'react'
import type { Nic } from '../../../api/virtual-machine.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { isIpv4 } from '../../../lib/addresses.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { NicAddress } from './nic-address.tsx'
import { RequestIps } from './nic-request-ips.tsx'
import { RdnsForm } from './rdns-form.tsx'
import type { TabProps } from '../../../components/machine/tab-props.ts'

/** What reverse DNS of an address is asked to change, and from what; it was read. */
interface Asked {
  address: string
  now: string | null
}

/** One network interface: what it is, its addresses, and asking for more of them. */
export function NicCard({ nic, ...props }: TabProps & { nic: Nic }) {
  const { id, label, mac, vlan_num } = nic
  const extra = Object.entries(nic.extra_ips ?? {})
  const disabledReasonOf = useDisabledReason(props.machine)
  const [requesting, setRequesting] = useState(false)
  const [asked, setAsked] = useState<Asked | null>(null)
  const name = label ?? `Interface ${id}`
  const row = {
    disabledReason: disabledReasonOf(setReverseDns),
    onEdit: (address: string, now: string | null) => setAsked({ address, now }),
  }
  return (
    <Card
      title={name}
      actions={
        <Button
          size="small"
          disabledReason={disabledReasonOf(requestAddresses)}
          onClick={() => setRequesting(true)}
        >
          Request addresses
        </Button>
      }
    >
      <dl className="flex flex-wrap gap-x-8 gap-y-1 border-b border-line px-3.5 py-2">
        <Fact term="MAC">
          {mac ? (
            <>
              <code className="text-xs">{mac}</code> <CopyButton value={mac} label={`Copy ${mac}`} />
            </>
          ) : (
            'not told'
          )}
        </Fact>
        <Fact term="VLAN">{vlan_num ?? 'not told'}</Fact>
        <Fact term="id">{id}</Fact>
      </dl>
      <ul aria-label={`Addresses of ${name}`} className="divide-y divide-line">
        {(nic.ips ?? []).map((ip) => (
          <NicAddress key={ip} {...row} address={ip} kind={isIpv4(ip) ? 'IPv4' : 'IPv6'} />
        ))}
        {extra.map(([ip, routedTo]) => (
          <NicAddress key={ip} {...row} address={ip} kind="additional" routedTo={routedTo} />
        ))}
      </ul>
      {(nic.ips ?? []).length + extra.length === 0 && (
        <p className="p-3.5 text-muted">It has no addresses.</p>
      )}
      {requesting && <RequestIps {...props} nic={nic} onClose={() => setRequesting(false)} />}
      {asked && <RdnsForm {...props} {...asked} onClose={() => setAsked(null)} />}
    </Card>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex items-center gap-2">
      <dt className="text-muted">{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
