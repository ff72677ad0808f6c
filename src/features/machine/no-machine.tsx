import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { isNotFound } from '../../api/query-client.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { QueuedNotice } from '../../components/actions/queued-notice.tsx'
import { Elapsed } from '../../components/elapsed.tsx'
import { useGroupName } from '../../components/groups.tsx'
import { LoadFailure, type FailedQuery } from '../../components/page/freshness.tsx'
import { PageTitle } from '../../components/page/page-heading.tsx'
import { NewPassword } from '../../components/root-password.tsx'
import { links, type GroupRef } from '../../lib/links.ts'
import { atWhen } from '../../lib/times.ts'
import type { Operation } from '../../operations/operation.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Silent } from '../../ui/live-region.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/spinner.tsx'
import { CreationCard } from './creation.tsx'
import { FactsStrip } from './facts-strip.tsx'
import { HeaderLine } from './header.tsx'
import { TabLinks } from './tabs.tsx'

// The page's contents while there is no machine to show.

interface FrameProps {
  name: string
  group: GroupRef
  failed?: boolean
  children: ReactNode
}

function Frame({ name, group, failed = false, children }: FrameProps) {
  return (
    <>
      <PageTitle parts={[name, useGroupName(group)]} failed={failed} />
      <HeaderLine group={group} name={name} />
      {children}
    </>
  )
}

function AllMachines({ group }: { group: GroupRef }) {
  const name = useGroupName(group)
  return (
    <Link to={links.machines(group)} className={buttonClass()}>
      <span className="truncate">All machines of {name}</span>
    </Link>
  )
}

/** The page's shape, until there is something to show in it. */
export function Fetching({ group, named }: { group: GroupRef; named: string }) {
  return (
    <>
      <PageTitle parts={[named]} />
      <HeaderLine group={group} name={named}>
        <Skeleton className="w-20" />
      </HeaderLine>
      <FactsStrip vm={{}} loading queryKey={null} />
      <TabLinks vm={{}} />
      <TabSkeleton />
    </>
  )
}

/** The shape of a tab's cards. */
export function TabSkeleton() {
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <p role="status" className="sr-only">
        Loading the machine…
      </p>
      {[5, 3].map((rows) => (
        <div
          key={rows}
          aria-hidden
          className="h-fit divide-y divide-line rounded-xl border border-line bg-surface"
        >
          {Array.from({ length: rows }, (_, row) => (
            <p key={row} className="px-3.5 py-2">
              <Skeleton className={row === 0 ? 'w-24' : 'w-56'} />
            </p>
          ))}
        </div>
      ))}
    </div>
  )
}

/** Shown after BigV has accepted a new machine, until it lists the machine. */
export function Creating({ operation, group }: { operation: Operation; group: GroupRef }) {
  const { name } = operation.target
  if (operation.phase === 'queued') {
    return (
      <Frame name={name} group={group}>
        <QueuedNotice operation={operation} />
      </Frame>
    )
  }
  return (
    <Frame name={name} group={group}>
      <p role="status" className="mb-4 flex items-center gap-1.5 font-medium text-accent">
        <span aria-hidden className="mark-moving" /> Creating…
        <span className="text-xs font-normal text-muted">
          <Silent>
            <Elapsed since={operation.begunAt} />
          </Silent>
        </span>
      </p>
      <NewPassword group={group} name={name} />
      <CreationCard operation={operation} listed={false} />
    </Frame>
  )
}

/** Shown instead of an error after the machine was purged from this browser. */
export function Purged({ group, purge }: { group: GroupRef; purge: Operation }) {
  const { target, endedAt } = purge
  return (
    <Frame name={target.name} group={group}>
      <Notice
        role="status"
        className="mt-4"
        title={`${target.name} was purged`}
        actions={<AllMachines group={group} />}
      >
        {endedAt !== null && `Purged ${atWhen(endedAt)}. `}Its name and addresses are free again.
      </Notice>
    </Frame>
  )
}

interface BothProps {
  group: GroupRef
  named: string
  byId: VirtualMachine
  byName: VirtualMachine
}

/** Shown for a number in the URL that is one machine's id and another machine's name. */
export function Both({ group, named, byId, byName }: BothProps) {
  return (
    <Frame name={named} group={group}>
      <p className="mt-2">
        {named} is the ID of {byId.name}, and also the name of another machine. Which one do you want?
      </p>
      <p className="mt-3 flex flex-wrap gap-2">
        {[byId, byName].map((vm) => (
          <Link key={vm.id} to={links.machine(group, vm.id)} className={buttonClass()}>
            <span className="truncate">
              {vm.name} (ID {vm.id}
              {vm.deleted && ', deleted'})
            </span>
          </Link>
        ))}
      </p>
    </Frame>
  )
}

interface NoMachineProps {
  group: GroupRef
  named: string
  query: FailedQuery
}

/** Shown if the machine can't be loaded: not found, no access, or no answer from BigV. */
export function NoMachine({ group, named, query }: NoMachineProps) {
  const notFound = isNotFound(query.error)
  const inGroup = useGroupName(group)
  return (
    <Frame name={named} group={group} failed>
      <div className="mt-4">
        <LoadFailure
          what={notFound ? `the machine “${named}” in ${inGroup}` : `the machine ${named}`}
          query={query}
          actions={
            <>
              <AllMachines group={group} />
              {notFound && <SearchAllGroups group={group} name={named} />}
            </>
          }
        />
      </div>
    </Frame>
  )
}

/** A link to search the account, as the machine may have been moved. */
export function SearchAllGroups({ group, name }: { group: GroupRef; name: string }) {
  return (
    <Link to={links.searchAll(group.account, name)} className={buttonClass()}>
      Search all groups
    </Link>
  )
}
