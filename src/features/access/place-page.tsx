import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { accountQueries } from '../../api/accounts.ts'
import { groupQueries } from '../../api/groups.ts'
import { PrivilegeList } from '../privileges/privilege-list.tsx'
import { PageHeading } from '../../components/page/page-heading.tsx'
import { PageTitle } from '../../components/page/page-title.tsx'
import { links } from '../../lib/links.ts'
import { buttonClass } from '../../ui/button.tsx'

/** Who may do what on an account, or on a group of it. */
export function Component() {
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

function isCalled({ id, name }: { id: number; name: string }, called: string): boolean {
  return name === called || String(id) === called
}
