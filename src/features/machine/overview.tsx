import { useState } from 'react'
import { addDisc } from '../../actions/discs.ts'
import type { MachineInGroup, Nic } from '../../api/virtual-machines.ts'
import { isIpv4 } from '../../lib/addresses.ts'
import { formatMib } from '../../lib/units.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import { Button } from '../../ui/button.tsx'
import { Card, DefinitionList, Item } from '../../ui/card.tsx'
import { CopyButton } from '../../ui/code.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'
import { Tag } from '../../ui/tag.tsx'
import { MachineTimeline } from '../timeline/machine-timeline.tsx'
import { Connect } from './connect.tsx'
import { CreationCard, useCreation } from './creation.tsx'
import { Details } from './details.tsx'
import { RecentActivity } from './recent-activity.tsx'

const AddDisc = lazyComponent(async () => (await import('./discs/disc-dialogs.tsx')).AddDisc, {
  onDemand: true,
})

export function Overview(props: MachineInGroup) {
  const { group, machine } = props
  const { vm, creating } = machine
  const creation = useCreation(group, vm.name)
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid content-start gap-4">
        {creating && <CreationCard operation={creation} vm={vm} listed />}
        {!vm.deleted && !creating && <Connect vm={vm} />}
        <Discs {...props} />
        <Details vm={vm} />
      </div>
      <div className="grid content-start gap-4">
        <RecentActivity account={group.account} id={vm.id} />
        <Network nics={vm.network_interfaces} />
        <MachineTimeline id={vm.id} />
      </div>
    </div>
  )
}

const CELL = 'border-b border-line px-3.5 py-2 text-left'

/** The machine's discs. BigV boots from the first. */
function Discs(props: MachineInGroup) {
  const { discs } = props.machine.vm
  const [adding, setAdding] = useState(false)
  const disabledReasonOf = useDisabledReason(props.machine)
  const add = (
    <>
      <Button size="small" disabledReason={disabledReasonOf(addDisc)} onClick={() => setAdding(true)}>
        {addDisc.label}
      </Button>
      {adding && <AddDisc {...props} onClose={() => setAdding(false)} />}
    </>
  )
  if (!discs || discs.length === 0) {
    return (
      <Card title="Discs" padded actions={add}>
        <p className="text-muted">{discs ? 'No discs.' : 'Not listed by BigV.'}</p>
      </Card>
    )
  }
  return (
    <Card title="Discs" actions={add}>
      <table className="w-full border-collapse">
        <thead className="bg-raised text-xs text-muted">
          <tr>
            {['Label', 'Grade', 'Size'].map((head) => (
              <th key={head} scope="col" className={`${CELL} last:text-right!`}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:border-b-0">
          {discs.map(({ id, label, size, storage_grade }, index) => (
            <tr key={id}>
              <th scope="row" className={`${CELL} font-mono text-xs font-normal wrap-anywhere`}>
                {label}{' '}
                {index === 0 && (
                  <Tag translate="yes" className="font-sans">
                    boot
                  </Tag>
                )}
              </th>
              <td className={CELL} translate={storage_grade == null ? undefined : 'no'}>
                {storage_grade ?? <span className="text-muted">unknown</span>}
              </td>
              <td className={`${CELL} text-right! whitespace-nowrap`}>{formatMib(size)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

function Network({ nics }: { nics: readonly Nic[] | null | undefined }) {
  return (
    <Card title="Network" padded={!nics || nics.length === 0}>
      {!nics && <p className="text-muted">Not listed by BigV.</p>}
      {nics?.length === 0 && <p className="text-muted">No network interface.</p>}
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
