import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { isNotFound } from '../../api/query-client.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { QueuedNotice } from '../../components/actions/queued-notice.tsx'
import { Elapsed } from '../../components/elapsed.tsx'
import { useGroupName } from '../../components/groups.tsx'
import { LoadFailure, type FailedQuery } from '../../components/page/freshness.tsx'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import { NewPassword } from '../../components/root-password.tsx'
import { links, type GroupRef } from '../../lib/links.ts'
import { atWhen } from '../../lib/times.ts'
import type { Operation } from '../../operations/operation.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Silent } from '../../ui/live-region.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Loading } from '../../ui/spinner.tsx'

// The page's contents while there is no machine to show.

interface FrameProps {
  name: string
  group?: GroupRef
  failed?: boolean
  children: ReactNode
}

function Frame({ name, group, failed = false, children }: FrameProps) {
  return (
    <>
      {group ? <MachineTitle name={name} group={group} failed={failed} /> : <PageTitle parts={[name]} />}
      <PageHeading translate="no">{name}</PageHeading>
      {children}
    </>
  )
}

function MachineTitle({ name, group, failed }: { name: string; group: GroupRef; failed: boolean }) {
  return <PageTitle parts={[name, useGroupName(group)]} failed={failed} />
}

function AllMachines({ group }: { group: GroupRef }) {
  const name = useGroupName(group)
  return (
    <Link to={links.machines(group)} className={buttonClass()}>
      <span className="truncate">All machines of {name}</span>
    </Link>
  )
}

export function Fetching({ named }: { named: string }) {
  return (
    <Frame name={named}>
      <div className="mt-2">
        <Loading>Loading the machine…</Loading>
      </div>
    </Frame>
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
      <p role="status" className="mt-2 flex items-center gap-1.5 font-medium text-accent">
        <span aria-hidden className="mark-moving" /> Creating…
        <span className="text-xs font-normal text-muted">
          <Silent>
            <Elapsed since={operation.begunAt} />
          </Silent>
        </span>
      </p>
      <p className="mt-2 text-muted">
        BigV has accepted the machine but doesn’t list it yet. This page keeps checking.
      </p>
      <NewPassword group={group} name={name} />
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
