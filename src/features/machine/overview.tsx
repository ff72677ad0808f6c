import type { ReactNode } from 'react'
import { actions } from '../../actions/index.ts'
import { withoutCredentials } from '../../api/redact.ts'
import type { Disc, MachineInGroup, Nic, VirtualMachine } from '../../api/virtual-machines.ts'
import { isIpv4 } from '../../lib/addresses.ts'
import { shellQuote, yesNo } from '../../lib/text.ts'
import { formatWhen } from '../../lib/times.ts'
import { formatMib } from '../../lib/units.ts'
import { changeInWords, windowInWords } from '../../operations/activity/changes-elsewhere/change.ts'
import { useChangesElsewhere } from '../../operations/activity/changes-elsewhere/store.ts'
import type { Operation, Outcome } from '../../operations/operation.ts'
import { useOperations } from '../../operations/store.ts'
import { useSession } from '../../session/session.ts'
import { Card, DefinitionList, Item } from '../../ui/card.tsx'
import { CodeBlock, CopyButton } from '../../ui/code.tsx'
import { MachineTimeline } from '../timeline/machine-timeline.tsx'

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
        <MachineTimeline id={vm.id} />
      </div>
    </div>
  )
}

/** The ssh command for the serial console, which works even if the guest doesn't respond. */
function Console({ address }: { address: string | null | undefined }) {
  const { credentials } = useSession()
  return (
    <Card title="Out-of-band console">
      {address ? (
        <>
          <CodeBlock
            code={`ssh ${shellQuote(`${credentials?.username ?? 'USER'}@${address}`)}`}
            copyLabel="Copy the ssh command"
          />
          <p className="px-3.5 py-2.5 text-xs text-muted">
            Works even if the machine doesn’t respond or you’re locked out.
          </p>
        </>
      ) : (
        <p className="px-3.5 py-2.5 text-muted">BigV doesn’t list a management address for this machine.</p>
      )}
    </Card>
  )
}

const TONES: Record<Outcome, string> = {
  done: 'text-ok',
  refused: 'text-danger',
  unclear: 'text-warn',
  superseded: 'text-warn',
  cancelled: 'text-muted',
  'no longer watching': 'text-muted',
}

function DoneHere({ id }: { id: number }) {
  const own = useOperations()
    .filter(({ target, phase }) => target.id === id && phase !== 'checking')
    .toReversed()
  if (own.length === 0) return null
  return (
    <Card title="Your actions">
      <ul className="divide-y divide-line px-3.5 py-1">
        {own.map((operation) => (
          <Entry key={operation.key} operation={operation} />
        ))}
      </ul>
    </Card>
  )
}

function Entry({ operation }: { operation: Operation }) {
  const { action, phase, begunAt, outcome, note, steps, otherTab } = operation
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 py-2">
      <time className="pt-px font-mono text-xs text-muted" dateTime={new Date(begunAt).toISOString()}>
        {formatWhen(begunAt)}
      </time>
      <span className="min-w-0 wrap-anywhere">
        {actions[action].label}{' '}
        <span className="text-xs text-muted">
          {steps.map(({ method, path, trace }) => requestWords(method, path, trace?.status)).join(', ')}
        </span>
        {note && <span className="block text-xs text-muted">{note}</span>}
      </span>
      <span className={outcome ? TONES[outcome] : 'text-muted'}>
        {outcome ?? (otherTab ? 'in another tab' : phase === 'queued' ? 'queued' : 'running')}
      </span>
    </li>
  )
}

function requestWords(method: string, path: string, status: number | undefined): string {
  const signal = path.endsWith('/signal') ? ' signal' : ''
  return `${method}${signal}${status === undefined ? '' : ` ${status || 'no answer'}`}`
}

/** Changes made elsewhere that this browser has noticed, newest first. */
function ChangedElsewhere({ account, id }: { account: string; id: number }) {
  const changes = useChangesElsewhere()
    .filter((each) => each.account === account && each.id === id)
    .toReversed()
  if (changes.length === 0) return null
  return (
    <Card title="Changed elsewhere">
      <ul className="divide-y divide-line px-3.5 py-1">
        {changes.map((change) => (
          <li key={change.key} className="py-2">
            <span className="block wrap-anywhere">{changeInWords(change)}</span>
            <span className="text-xs text-muted tabular-nums">{windowInWords(change)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Attributes({ vm }: { vm: VirtualMachine }) {
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
        <Item term="Keymap" translate={vm.keymap == null ? undefined : 'no'}>
          {vm.keymap ?? <Quiet>default</Quiet>}
        </Item>
        <Item term="Head">{vm.head ? <code>{vm.head}</code> : <Quiet>none while off</Quiet>}</Item>
        <Item term="Management address">
          <Copied value={vm.management_address} label="Copy management address" />
        </Item>
        <Item term="power_on">{yesNo(vm.power_on)}</Item>
        <Item term="autoreboot_on">{yesNo(vm.autoreboot_on)}</Item>
        <Item term="Deleted">{yesNo(vm.deleted ?? false)}</Item>
        {vm.zone_name && (
          <Item term="Zone" translate="no">
            {vm.zone_name}
          </Item>
        )}
        {vm.last_imaged_with && (
          <Item term="Last imaged with" translate="no">
            {vm.last_imaged_with}
          </Item>
        )}
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
function Discs({ discs }: { discs: readonly Disc[] | null | undefined }) {
  if (!discs || discs.length === 0) {
    return (
      <Card title="Discs" padded>
        <p className="text-muted">{discs ? 'No discs.' : 'Not listed by BigV.'}</p>
      </Card>
    )
  }
  return (
    <Card title="Discs">
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
                  <span translate="yes" className="font-sans text-muted">
                    boot
                  </span>
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
