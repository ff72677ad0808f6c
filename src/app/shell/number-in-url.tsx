import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, Navigate, useLocation, useParams } from 'react-router'
import { accountQueries } from '../../api/accounts.ts'
import { groupQueries } from '../../api/groups.ts'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import { TYPED } from '../../lib/links.ts'
import { isId } from '../../lib/names.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Loading } from '../../ui/spinner.tsx'

interface Named {
  id: number
  name: string
}

type Meaning =
  | { is: 'fetching' | 'clear' }
  /** The number is no id, but this name. */
  | { is: 'named'; byName: Named }
  | { is: 'both'; byId: Named; byName: Named }

/**
 * What a number for an account or group in an address means. Links have ids, so only a number that the user typed or pasted may be a name.
 * If the list doesn't load, the number is an id, as it is for BigV (docs/bigv-api.md#names-and-ids-in-paths).
 */
function meaningOf(
  segment: string,
  { data, isPending }: { data: readonly Named[] | undefined; isPending: boolean },
): Meaning {
  if (isPending) return { is: 'fetching' }
  const byName = data?.find(({ name }) => name === segment)
  const byId = data?.find(({ id }) => String(id) === segment)
  if (byName === undefined || byName === byId) return { is: 'clear' }
  return byId === undefined ? { is: 'named', byName } : { is: 'both', byId, byName }
}

/** Shows the page. If a number in its address is one account's or group's id and another's name, asks first which one is meant. */
export function NumberInUrl({ children }: { children: ReactNode }) {
  const { account = '', group = '' } = useParams()
  const { key, state, pathname, search } = useLocation()
  // React Router gives this key to an address that it didn't open itself.
  const typed = key === 'default' || state === TYPED
  const asks = { account: typed && isId(account), group: typed && isId(group) }
  const accounts = useQuery({ ...accountQueries.list(), enabled: asks.account })
  const groups = useQuery({ ...groupQueries.list(account), enabled: asks.group })
  const found = (
    [
      ['account', account, accounts],
      ['group', group, groups],
    ] as const
  )
    .filter(([kind]) => asks[kind])
    .map(([kind, segment, query]) => ({ kind, segment, meaning: meaningOf(segment, query) }))
    .find(({ meaning }) => meaning.is !== 'clear')
  if (found === undefined) return <>{children}</>
  const { kind, segment, meaning } = found
  const pathOf = ({ id }: Named) => pathname.replace(`/${kind}s/${segment}`, `/${kind}s/${id}`) + search
  if (meaning.is === 'named') return <Navigate replace to={pathOf(meaning.byName)} state={state} />
  if (meaning.is !== 'both') return <Loading>Loading…</Loading>
  const { byId, byName } = meaning
  return (
    <>
      <PageTitle parts={[segment]} />
      <PageHeading>{segment}</PageHeading>
      <p className="mt-2">
        {segment} is the ID of the {kind} {byId.name}, and also the name of another. Which one do you want?
      </p>
      <p className="mt-3 flex flex-wrap gap-2">
        {[byId, byName].map((each) => (
          <Link key={each.id} to={pathOf(each)} className={buttonClass()}>
            <span className="truncate">
              {each.name} (ID {each.id})
            </span>
          </Link>
        ))}
      </p>
    </>
  )
}
