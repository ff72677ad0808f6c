import { useQuery } from '@tanstack/react-query'
import KeyRound from 'lucide-react/icons/key-round'
import { Link, useParams } from 'react-router'
import { accountQueries } from '../../api/accounts.ts'
import { groupQueries } from '../../api/groups.ts'
import { privilegeQueries, type Privilege } from '../../api/privileges.ts'
import { LoadFailure } from '../../components/page/freshness.tsx'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import { links } from '../../lib/links.ts'
import { isCalled } from '../../lib/names.ts'
import { useSession } from '../../session/session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loading } from '../../ui/spinner.tsx'
import { onText, PrivilegeItem, PrivilegeList } from '../privileges/privilege-list.tsx'

/** Who may do what on an account, or on a group of it. */
export function PlacePrivileges() {
  const { account = '', group } = useParams()
  const accounts = useQuery(accountQueries.list())
  const groups = useQuery({ ...groupQueries.list(account), enabled: group !== undefined })
  const accountId = accounts.data?.find((each) => isCalled(each, account))?.id
  const groupId = groups.data?.find((each) => group !== undefined && isCalled(each, group))?.id
  const known = accountId !== undefined && (group === undefined || groupId !== undefined)
  const name = group ?? account
  return (
    <>
      <PageTitle parts={['Privileges', name]} />
      <p className="mb-1 text-xs text-muted">{group === undefined ? 'Account' : `Group of ${account}`}</p>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <PageHeading>Privileges on {name}</PageHeading>
        <span className="flex-1" />
        <Link
          to={group === undefined ? links.account(account) : links.machines({ account, group })}
          className={buttonClass()}
        >
          {group === undefined ? 'To the account' : 'To its machines'}
        </Link>
      </div>
      <PrivilegeList
        key={name}
        place={{
          at: { account, ...(group !== undefined && { group }) },
          scope: known ? { account: accountId, ...(groupId !== undefined && { group: groupId }) } : null,
          name,
        }}
      />
      <p className="mt-3 max-w-prose text-xs text-muted">
        {group === undefined ? (
          'They hold for all groups and machines of the account. Groups and machines have privileges of their own beside these.'
        ) : (
          <>
            They hold for all machines of the group. Those on the whole account come on top:{' '}
            <Link to={links.accountPrivileges(account)} className="underline">
              privileges on {account}
            </Link>
            .
          </>
        )}
      </p>
    </>
  )
}

/** What users may do themselves, on what, and under which conditions. */
export function OwnPrivileges() {
  const username = useSession().credentials?.username ?? ''
  const own = useQuery({ ...privilegeQueries.ofUser(username), refetchOnMount: 'always' })
  return (
    <>
      <PageTitle parts={['Privileges']} failed={own.isError} />
      <p className="mb-1 text-xs text-muted">{username}</p>
      <PageHeading>Your privileges</PageHeading>
      <p className="mt-1 mb-4 max-w-prose text-muted">
        What BigV lets {username} do, and on what. One on an account holds for its groups and machines, too.
      </p>
      {own.isPending && <Loading>Your privileges are being read…</Loading>}
      {own.isError && <LoadFailure what="your privileges" query={own} />}
      {own.data && (
        <Card title={own.data.length === 1 ? '1 privilege' : `${own.data.length} privileges`}>
          {own.data.length === 0 ? (
            <EmptyState icon={<KeyRound size={32} />} title="None">
              BigV tells of none. What you may see, you may have by other ways.
            </EmptyState>
          ) : (
            <ul aria-label="Privileges" className="divide-y divide-line">
              {own.data.map((privilege) => (
                <PrivilegeItem
                  key={privilege.id}
                  privilege={privilege}
                  title={<On privilege={privilege} />}
                />
              ))}
            </ul>
          )}
        </Card>
      )}
    </>
  )
}

/** A link where BigV names the account. */
function On({ privilege }: { privilege: Privilege }) {
  const { account_name, group_id, virtual_machine_id } = privilege
  const text = onText(privilege)
  if (!account_name || group_id != null || virtual_machine_id != null) return text
  return (
    <Link to={links.account(account_name)} className="text-accent hover:underline">
      {text}
    </Link>
  )
}
