import type { ReactNode } from 'react'
import { withoutCredentials } from '../../api/redact.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { yesNo } from '../../lib/text.ts'
import { formatMib } from '../../lib/units.ts'
import { Card, DefinitionList } from '../../ui/card.tsx'
import { CopyButton } from '../../ui/code.tsx'

/** Every attribute of a machine in BigV's documentation, with its name there. */
export function Details({ vm }: { vm: VirtualMachine }) {
  return (
    <Card title="Details">
      <DefinitionList>
        <Row term="Name" api="name" name>
          {vm.name}
        </Row>
        <Row term="Host name" api="hostname">
          {vm.hostname ? <code>{vm.hostname}</code> : <Quiet>none</Quiet>}
        </Row>
        <Row term="Cores" api="cores">
          {vm.cores}
        </Row>
        <Row term="Memory" api="memory">
          {formatMib(vm.memory)} <Quiet>({vm.memory} MiB)</Quiet>
        </Row>
        <Row term="Hardware profile" api="hardware_profile" name={vm.hardware_profile != null}>
          {vm.hardware_profile ?? <Quiet>none</Quiet>}
        </Row>
        {typeof vm.hardware_profile_locked === 'boolean' && (
          <Row term="Profile lock" api="hardware_profile_locked">
            {vm.hardware_profile_locked
              ? 'locked: not upgraded automatically'
              : 'not locked: may be upgraded automatically'}
          </Row>
        )}
        <Row term="Power" api="power_on">
          {yesNo(vm.power_on)}
        </Row>
        <Row term="Automatic restart" api="autoreboot_on">
          {yesNo(vm.autoreboot_on)}
        </Row>
        <Row term="Deleted" api="deleted">
          {yesNo(vm.deleted ?? false)}
        </Row>
        <Row term="CD" api="cdrom_url">
          <Copied value={vm.cdrom_url && withoutCredentials(vm.cdrom_url)} label="Copy the CD's URL" />
        </Row>
        <Row term="Keymap" api="keymap" name={vm.keymap != null}>
          {vm.keymap ?? <Quiet>default</Quiet>}
        </Row>
        <Row term="Head" api="head">
          {vm.head ? <code>{vm.head}</code> : <Quiet>none while off</Quiet>}
        </Row>
        {vm.zone_name && (
          <Row term="Zone" api="zone_name" name>
            {vm.zone_name}
          </Row>
        )}
        {vm.last_imaged_with && (
          <Row term="Last imaged with" api="last_imaged_with" name>
            {vm.last_imaged_with}
          </Row>
        )}
        <Row term="Management address" api="management_address">
          <Copied value={vm.management_address} label="Copy management address" />
        </Row>
        {vm.group_id != null && (
          <Row term="Group ID" api="group_id">
            <code>{vm.group_id}</code>
          </Row>
        )}
        <Row term="ID" api="id">
          <Copied value={String(vm.id)} label="Copy ID" />
        </Row>
      </DefinitionList>
    </Card>
  )
}

interface RowProps {
  term: string
  /** BigV's name for the attribute. */
  api: string
  /** True if the value is a name, which isn't translated. */
  name?: boolean
  children: ReactNode
}

function Row({ term, api, name = false, children }: RowProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-3.5 py-1.5 @md:grid-cols-[minmax(7rem,28%)_minmax(0,1fr)_auto]">
      <dt className="text-muted max-md:col-span-full">{term}</dt>
      <dd translate={name ? 'no' : undefined} className="min-w-0 wrap-anywhere">
        {children}
      </dd>
      <dd className="text-right">
        <code translate="no" className="text-2xs text-muted">
          {api}
        </code>
      </dd>
    </div>
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
