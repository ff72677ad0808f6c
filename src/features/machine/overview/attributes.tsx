import type { Disc, Nic, VirtualMachine } from '../../../api/virtual-machines.ts'
import type { ReactNode } from 'react'
import { withoutCredentials } from '../../../api/redact.ts'
import { isIpv4 } from '../../../lib/addresses.ts'
import { formatMib } from '../../../lib/units.ts'
import { yesNo } from '../../../lib/text.ts'
import { Card, DefinitionList, Item } from '../../../ui/card.tsx'
import { CopyButton } from '../../../ui/code.tsx'

/** The machine's own attributes, with their units. */
export function Attributes({ vm }: { vm: VirtualMachine }) {
  return (
    <Card title="Machine">
      <DefinitionList>
        <Item term="Hostname">
          <Copied value={vm.hostname} label="Copy hostname" />
        </Item>
        <Item term="Cores">{vm.cores}</Item>
        <Item term="Memory">
          {formatMib(vm.memory)} <Quiet>({vm.memory} MiB)</Quiet>
        </Item>
        <Item term="Hardware profile">
          {vm.hardware_profile ?? <Quiet>none</Quiet>}{' '}
          {typeof vm.hardware_profile_locked === 'boolean' && (
            <Quiet>
              {vm.hardware_profile_locked
                ? 'locked: not upgraded automatically'
                : 'may be upgraded automatically'}
            </Quiet>
          )}
        </Item>
        <Item term="CD">
          <Copied value={vm.cdrom_url && withoutCredentials(vm.cdrom_url)} label="Copy the CD's URL" />
        </Item>
        <Item term="Keymap">{vm.keymap ?? <Quiet>default</Quiet>}</Item>
        <Item term="Head">{vm.head ? <code>{vm.head}</code> : <Quiet>none while it is off</Quiet>}</Item>
        <Item term="Management address">
          <Copied value={vm.management_address} label="Copy management address" />
        </Item>
        <Item term="power_on">{yesNo(vm.power_on)}</Item>
        <Item term="autoreboot_on">{yesNo(vm.autoreboot_on)}</Item>
        <Item term="Deleted">{yesNo(vm.deleted ?? false)}</Item>
        {vm.zone_name && <Item term="Zone">{vm.zone_name}</Item>}
        {vm.last_imaged_with && <Item term="Last imaged with">{vm.last_imaged_with}</Item>}
        {vm.group_id != null && (
          <Item term="Group id">
            <code>{vm.group_id}</code>
          </Item>
        )}
        <Item term="Id">
          <Copied value={String(vm.id)} label="Copy id" />
        </Item>
      </DefinitionList>
    </Card>
  )
}

const CELL = 'border-b border-line px-3.5 py-2 text-left'

/** The machine's discs. BigV boots from the first. */
export function Discs({ discs }: { discs: readonly Disc[] | null | undefined }) {
  if (!discs || discs.length === 0) {
    return (
      <Card title="Discs" padded>
        <p className="text-muted">{discs ? 'It has none.' : 'BigV did not say.'}</p>
      </Card>
    )
  }
  return (
    <Card title="Discs">
      <table className="w-full border-collapse">
        <thead className="bg-raised text-xs text-muted">
          <tr>
            <th scope="col" className={CELL}>
              Label
            </th>
            <th scope="col" className={CELL}>
              Grade
            </th>
            <th scope="col" className={`${CELL} text-right!`}>
              Size
            </th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:border-b-0">
          {discs.map(({ id, label, size, storage_grade }, index) => (
            <tr key={id}>
              <td className={`${CELL} font-mono text-xs wrap-anywhere`}>
                {label} {index === 0 && <span className="font-sans text-muted">boot</span>}
              </td>
              <td className={CELL}>{storage_grade ?? <span className="text-muted">unknown</span>}</td>
              <td className={`${CELL} text-right! whitespace-nowrap`}>{formatMib(size)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

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

function Copied({ value, label }: { value: string | null | undefined; label: string }) {
  if (!value) return <Quiet>none</Quiet>
  return (
    <>
      <code>{value}</code> <CopyButton value={value} label={label} />
    </>
  )
}

function Quiet({ children }: { children: ReactNode }) {
  return <span className="text-muted">{children}</span>
}
