import type { Nic } from '../../../api/virtual-machines.ts'
import { isIpv4 } from '../../../lib/addresses.ts'
import { Card } from '../../../ui/card.tsx'
import { CopyButton } from '../../../ui/code.tsx'
import { DefinitionList, Item } from '../../../ui/definition-list.tsx'

/** The machine's network interfaces with their addresses. */
export function Network({ nics }: { nics: readonly Nic[] | null | undefined }) {
  return (
    <Card title="Network" padded={!nics || nics.length === 0}>
      {!nics && <p className="text-muted">BigV did not say.</p>}
      {nics?.length === 0 && <p className="text-muted">It has no network interface.</p>}
      {nics?.map((nic) => (
        <DefinitionList key={nic.id} className="border-line [&+&]:border-t-2">
          {(nic.ips ?? []).map((ip) => (
            <Item key={ip} term={isIpv4(ip) ? 'IPv4' : 'IPv6'}>
              <code>{ip}</code> <CopyButton value={ip} label={`Copy ${ip}`} />
            </Item>
          ))}
          {Object.entries(nic.extra_ips ?? {}).map(([ip, routedTo]) => (
            <Item key={ip} term="Additional">
              <code>{ip}</code> <CopyButton value={ip} label={`Copy ${ip}`} />{' '}
              <span className="text-xs text-muted">routed to {routedTo}</span>
            </Item>
          ))}
          {nic.mac && (
            <Item term="MAC">
              <code>{nic.mac}</code>
            </Item>
          )}
          {nic.vlan_num != null && <Item term="VLAN">{nic.vlan_num}</Item>}
          {nic.label && <Item term="Label">{nic.label}</Item>}
        </DefinitionList>
      ))}
    </Card>
  )
}
