import { useQuery } from '@tanstack/react-query'
import { FolderOpen } from 'lucide-react'
import { Navigate, useSearchParams } from 'react-router'
import { groupQueries } from '../api/groups.ts'
import { isNotFound } from '../api/query-client.ts'
import { LoadFailure } from '../components/page/freshness.tsx'
import { PageHeading, PageTitle } from '../components/page/page-heading.tsx'
import { links } from '../lib/links.ts'
import { compareNatural } from '../lib/names.ts'
import { lastGroup } from '../session/last-used.ts'
import { useSession } from '../session/session.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'

/** Redirects to the group visited last, else to `default`, else to the first: of the account in the query, or of the user's own. */
export function Component() {
  const { credentials } = useSession()
  const [params] = useSearchParams()
  const account = params.get('account') ?? credentials?.account ?? ''
  const groups = useQuery(groupQueries.list(account))
  if (groups.isLoadingError) {
    return (
      <>
        <PageTitle parts={[account]} failed />
        <PageHeading>{account}</PageHeading>
        <div className="mt-4">
          <LoadFailure
            what={isNotFound(groups.error) ? `The account ${account}` : `The groups of ${account}`}
            error={groups.error}
            onRetry={() => void groups.refetch()}
          />
        </div>
      </>
    )
  }
  if (groups.data === undefined) {
    return (
      <p role="status" className="flex items-center gap-2 text-muted">
        <Spinner /> The groups of {account} are being read…
      </p>
    )
  }
  const names = groups.data.map(({ name }) => name).toSorted(compareNatural)
  const last = lastGroup(account)
  const group = names.find((name) => name === last) ?? names.find((name) => name === 'default') ?? names[0]
  if (group !== undefined) return <Navigate replace to={links.machines({ account, group })} />
  return (
    <>
      <PageTitle parts={[account]} />
      <PageHeading>{account}</PageHeading>
      <EmptyState icon={<FolderOpen size={32} />} title="No groups here">
        The account {account} has no groups that are yours to see.
      </EmptyState>
    </>
  )
}
