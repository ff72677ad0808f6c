import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { Link } from 'react-router'
import { privilegeQueries, type Privilege } from '../../api/privileges.ts'
import { onText, PrivilegeItem } from '../privileges/privilege-item.tsx'
import { LoadFailure } from '../../components/page/load-failure.tsx'
import { PageHeading } from '../../components/page/page-heading.tsx'
import { PageTitle } from '../../components/page/page-title.tsx'
import { links } from '../../lib/links.ts'
import { useSession } from '../../session/session.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Spinner } from '../../ui/spinner.tsx'

/** What users may do themselves, on what, and under which conditions. */
export function Component() {
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
      {own.isPending && (
        <p role="status" className="flex items-center gap-2 text-muted">
          <Spinner /> Your privileges are being read…
        </p>
      )}
      {own.isError && (
        <LoadFailure what="Your privileges" error={own.error} onRetry={() => void own.refetch()} />
      )}
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

/** What it is on, as a link where BigV tells enough for one. */
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
