import type { ReactNode } from 'react'
import { withoutCredentials } from '../../../api/redact.ts'
import type { VirtualMachine } from '../../../api/virtual-machine.ts'
import { formatMib } from '../../../lib/units.ts'
import { yesNo } from '../../../lib/text.ts'
import { Card } from '../../../ui/card.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { DefinitionList, Item } from '../../../ui/definition-list.tsx'

/** Every attribute of the machine, with its unit. */
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
