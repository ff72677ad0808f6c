import { useQuery } from '@tanstack/react-query'
import ArrowLeftRight from 'lucide-react/icons/arrow-left-right'
import Pencil from 'lucide-react/icons/pencil'
import { useState, type ReactNode } from 'react'
import { requestAddresses, setReverseDns, swapAddresses } from '../../../actions/network.ts'
import { ipQueries } from '../../../api/ips.ts'
import type { MachineInGroup, Nic } from '../../../api/virtual-machines.ts'
import { isIpv4 } from '../../../lib/addresses.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { CopyButton } from '../../../ui/code.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Tag } from '../../../ui/tag.tsx'
import { RequestAddresses, ReverseDns, SwapAddresses } from './address-dialogs.tsx'

export function NetworkTab(props: MachineInGroup) {
  const nics = props.machine.vm.network_interfaces
  const disabledReasonOf = useDisabledReason(props.machine)
  const [swapping, setSwapping] = useState(false)
  if (!nics) return <Notice>BigV doesn’t list this machine’s network interfaces.</Notice>
  if (nics.length === 0) return <Notice>This machine has no network interface.</Notice>
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
          With another machine in this account, for example when one replaces the other.
        </span>
      </div>
      {swapping && <SwapAddresses {...props} onClose={() => setSwapping(false)} />}
    </div>
  )
}

export function NicCard({ nic, ...props }: MachineInGroup & { nic: Nic }) {
  const { id, label, mac, vlan_num } = nic
  const extra = Object.entries(nic.extra_ips ?? {})
  const disabledReasonOf = useDisabledReason(props.machine)
  const [requesting, setRequesting] = useState(false)
  const [renaming, setRenaming] = useState<string | null>(null)
  const name = label ?? `Interface ${id}`
  const row = {
    disabledReason: disabledReasonOf(setReverseDns),
    onEdit: setRenaming,
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
          {requestAddresses.label}
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
            'unknown'
          )}
        </Fact>
        <Fact term="VLAN">{vlan_num ?? 'unknown'}</Fact>
        <Fact term="id">{id}</Fact>
      </dl>
      <ul aria-label={`Addresses of ${name}`} className="divide-y divide-line">
        {(nic.ips ?? []).map((ip) => (
          <Address key={ip} {...row} address={ip} kind={isIpv4(ip) ? 'IPv4' : 'IPv6'} />
        ))}
        {extra.map(([ip, routedTo]) => (
          <Address key={ip} {...row} address={ip} kind="additional" routedTo={routedTo} />
        ))}
      </ul>
      {(nic.ips ?? []).length + extra.length === 0 && <p className="p-3.5 text-muted">No addresses.</p>}
      {requesting && <RequestAddresses {...props} nic={nic} onClose={() => setRequesting(false)} />}
      {renaming && <ReverseDns {...props} address={renaming} onClose={() => setRenaming(null)} />}
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

interface AddressProps {
  address: string
  kind: 'IPv4' | 'IPv6' | 'additional'
  /** The address that BigV routes an additional address to. */
  routedTo?: string
  disabledReason: string | null
  onEdit: (address: string) => void
}

/** One address with its reverse DNS, which has to be fetched address by address (docs/bigv-api.md#9-network-nics-and-ips). */
function Address({ address, kind, routedTo, disabledReason, onEdit }: AddressProps) {
  const ip = useQuery(ipQueries.one(address))
  const now = ip.data?.rdns ?? null
  const notLoaded = ip.isPending || ip.isError ? 'Reverse DNS hasn’t loaded yet.' : null
  return (
    <li className="grid items-center gap-x-6 gap-y-1 py-2 pr-2 pl-3.5 sm:grid-cols-2">
      <div className="min-w-0">
        <code className="text-xs font-semibold wrap-anywhere">{address}</code>{' '}
        <CopyButton value={address} label={`Copy ${address}`} /> <Tag>{kind}</Tag>
        {routedTo !== undefined && (
          <p className="text-xs text-muted">
            routed to <code className="wrap-anywhere">{routedTo}</code>
          </p>
        )}
      </div>
      <div className="flex min-w-0 items-center gap-2">
        <div className="min-w-0 flex-1 wrap-anywhere">
          <span className="block text-xs text-muted">Reverse DNS</span>
          {ip.isPending && <span className="text-muted">Loading…</span>}
          {ip.isError && (
            <span role="alert" className="text-danger">
              {ip.error.message}
            </span>
          )}
          {ip.isSuccess &&
            (now ? <code className="text-xs">{now}</code> : <span className="text-muted">none</span>)}
        </div>
        {ip.isError ? (
          <Button size="small" pending={ip.isFetching} onClick={() => void ip.refetch()}>
            Try again
          </Button>
        ) : (
          <IconButton
            size="small"
            label={`Change reverse DNS of ${address}`}
            icon={Pencil}
            disabledReason={disabledReason ?? notLoaded}
            onClick={() => onEdit(address)}
          />
        )}
      </div>
    </li>
  )
}
