import { useQuery } from '@tanstack/react-query'
import KeyRound from 'lucide-react/icons/key-round'
import { Link, useParams } from 'react-router'
import { accountQueries } from '../../api/accounts.ts'
import { groupQueries } from '../../api/groups.ts'
import { privilegeQueries, type Privilege } from '../../api/privileges.ts'
import { useGroupName } from '../../components/groups.tsx'
import { LoadFailure } from '../../components/page/freshness.tsx'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import { links } from '../../lib/links.ts'
import { findCalled, segmentOf } from '../../lib/names.ts'
import { countOf } from '../../lib/units.ts'
import { useSession } from '../../session/session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { onText, PrivilegeList } from '../privileges/privilege-list.tsx'
import { PrivilegeTable, PrivilegeTableSkeleton } from '../privileges/privilege-table.tsx'

/** All users' privileges on an account or a group. */
export function PlacePrivileges() {
  const { account = '', group } = useParams()
  const accounts = useQuery(accountQueries.list())
  const groups = useQuery({ ...groupQueries.list(account), enabled: group !== undefined })
  const accountId = findCalled(accounts.data, account)?.id
  const groupId = group === undefined ? undefined : findCalled(groups.data, group)?.id
  const known = accountId !== undefined && (group === undefined || groupId !== undefined)
  const inGroup = useGroupName({ account, group: group ?? '' })
  const name = group === undefined ? account : inGroup
  return (
    <>
      <PageTitle parts={['Access', name]} />
      <p className="mb-1 text-xs text-muted">{group === undefined ? 'Account' : `Group in ${account}`}</p>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <PageHeading>Access to {name}</PageHeading>
        <span className="flex-1" />
        <Link
          to={group === undefined ? links.account(account) : links.machines({ account, group })}
          className={buttonClass()}
        >
          {group === undefined ? 'View account' : 'View machines'}
        </Link>
      </div>
      <PrivilegeList
        key={name}
        place={{
          at: { account, ...(group !== undefined && { group }) },
          scope: known ? { account: accountId, ...(groupId !== undefined && { group: groupId }) } : null,
          name,
        }}
        parents={
          group === undefined
            ? []
            : [{ name: account, at: { account }, to: links.accountPrivileges(account) }]
        }
      />
      <p className="mt-3 max-w-prose text-xs text-muted">
        {group === undefined
          ? 'These apply to all groups and machines in the account. Groups and machines can also have their own.'
          : 'These apply to all machines in the group. Machines can also have their own.'}
      </p>
    </>
  )
}

/** The signed-in user's own privileges. */
export function OwnPrivileges() {
  const username = useSession().credentials?.username ?? ''
  const own = useQuery({ ...privilegeQueries.ofUser(username), refetchOnMount: 'always' })
  return (
    <>
      <PageTitle parts={['Your access']} failed={own.isError} />
      <p translate="no" className="mb-1 text-xs text-muted">
        {username}
      </p>
      <PageHeading>Your access</PageHeading>
      <p className="mt-1 mb-4 max-w-prose text-muted">
        What BigV allows you to do, and where. A privilege on an account also applies to its groups and
        machines.
      </p>
      {own.isError && <LoadFailure what="your privileges" query={own} />}
      {own.isPending && (
        <Card title="Privileges" className="@container">
          <PrivilegeTableSkeleton what="your privileges" />
        </Card>
      )}
      {own.data && (
        <Card title={countOf(own.data.length, 'privilege')} className="@container">
          {own.data.length === 0 ? (
            <EmptyState icon={<KeyRound size={32} />} title="No privileges listed">
              You may still have access in another way.
            </EmptyState>
          ) : (
            <PrivilegeTable
              label="Privileges"
              of="On"
              rows={own.data.map((privilege) => ({ privilege, title: <On privilege={privilege} /> }))}
            />
          )}
        </Card>
      )}
    </>
  )
}

/** The privilege's account, group or machine. An account is a link if BigV names it. */
function On({ privilege }: { privilege: Privilege }) {
  const { account_id, account_name, group_id, virtual_machine_id } = privilege
  const text = onText(privilege)
  if (!account_name || group_id != null || virtual_machine_id != null) return <>{text}</>
  return (
    <Link
      to={links.account(
        account_id == null ? account_name : segmentOf({ id: account_id, name: account_name }),
      )}
      className="text-accent hover:underline"
    >
      {text}
    </Link>
  )
}
