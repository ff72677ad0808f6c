import type { QueryKey } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { MachineData } from '../../api/virtual-machines.ts'
import { useGroupName } from '../../components/groups.tsx'
import { StateBadge, WaitingTag } from '../../components/machine/state-badge.tsx'
import { PollControl } from '../../components/page/freshness.tsx'
import { PageHeading } from '../../components/page/page-heading.tsx'
import { links, type GroupRef } from '../../lib/links.ts'
import { formatWhen } from '../../lib/times.ts'
import { useShouldBeOn } from '../../operations/restarting-since.ts'
import { stateOf } from '../../operations/state.ts'
import { useRunning } from '../../operations/store.ts'
import { Tag } from '../../ui/tag.tsx'
import { AutorebootOffer } from './autoreboot-offer.tsx'

interface FrameProps {
  group: GroupRef
  name: string
  /** Beside the breadcrumb. */
  aside?: ReactNode
  /** The state and tags, after the name. */
  children?: ReactNode
  actions?: ReactNode
}

/** The breadcrumb, with the name and all else in one line below it. */
export function HeaderLine({ group, name, aside, actions, children }: FrameProps) {
  const groupName = useGroupName(group)
  return (
    <div className="mb-3 flex flex-wrap items-end gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <div className="mb-0.5 flex min-h-5 items-center gap-x-2">
          <nav
            aria-label="Breadcrumb"
            translate="no"
            className="min-w-0 flex-1 text-xs text-muted wrap-anywhere"
          >
            <Link to={links.account(group.account)} className="hover:underline">
              {group.account}
            </Link>
            {' / '}
            <Link to={links.machines(group)} className="hover:underline">
              {groupName}
            </Link>
          </nav>
          {aside}
        </div>
        <div className="flex min-h-8 flex-wrap items-center gap-x-2.5 gap-y-1">
          <PageHeading translate="no">{name}</PageHeading>
          {children}
        </div>
      </div>
      {actions}
    </div>
  )
}

interface Props {
  group: GroupRef
  machine: MachineData
  queryKey: QueryKey
  /** When the data was fetched, ms since 1970, if it may be out of date. */
  staleSince: number | null
  /** True on a phone, where the age of the data is beside the breadcrumb. */
  narrow: boolean
  actions: ReactNode
}

/** The machine's name, its state and what else is known of its power, and its actions. */
export function MachineHeader({ group, machine, queryKey, staleSince, narrow, actions }: Props) {
  const { vm, creating } = machine
  const operation = useRunning(vm.id)
  const stale = staleSince !== null
  return (
    <HeaderLine
      group={group}
      name={vm.name}
      actions={actions}
      aside={narrow && <PollControl queryKey={queryKey} />}
    >
      <StateBadge vm={vm} creating={creating} operation={operation} stale={stale} />
      {stale && staleSince > 0 && <span className="text-muted">as of {formatWhen(staleSince)}</span>}
      <PowerTag machine={machine} />
      <WaitingTag account={group.account} id={vm.id} whole />
      <AutorebootOffer group={group} machine={machine} />
    </HeaderLine>
  )
}

/** What happens if the machine powers off, as a tag. */
function PowerTag({ machine: { vm, creating } }: { machine: MachineData }) {
  const operation = useRunning(vm.id)
  const shouldBeOn = useShouldBeOn().has(vm.id)
  if (vm.deleted || creating) return null
  if (shouldBeOn) return <Tag tone="warn">should be on</Tag>
  if (vm.autoreboot_on) return <Tag>restarts automatically</Tag>
  return stateOf(vm, creating, operation).kind === 'stopped' ? <Tag>stays off</Tag> : null
}
