import { useQueryState } from '../../components/page/freshness.tsx'
import { useSession } from '../../session/session.ts'
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { Navigate, Outlet, useLocation, useNavigate, useParams } from 'react-router'
import { accountQueries, type Account } from '../../api/accounts.ts'
import { links } from '../../lib/links.ts'
import { signOutEverywhere } from '../../session/tabs.ts'
import { Notice } from '../../ui/notice.tsx'
import { PaletteHost } from '../palette/open-palette.tsx'
import { Confirmations } from '../../components/actions/confirm.tsx'
import { Header } from './header.tsx'
import { Sidebar } from './sidebar.tsx'
import { SignInState } from './sign-in-state.tsx'

/** The frame of every page behind the sign-in. */
export function Shell() {
  const { credentials, left } = useSession()
  const { account } = useParams()
  const location = useLocation()
  const navigate = useNavigate()
  if (credentials === null) {
    const here = location.pathname + location.search
    return <Navigate replace to={left || here === '/' ? links.signIn() : links.signIn(here)} />
  }
  const shown = account ?? credentials.account
  const signOut = () => {
    signOutEverywhere()
    void navigate(links.signIn())
  }
  return (
    // Another user gets new components: nothing that the one before saw or typed stays on the page.
    <Fragment key={credentials.username}>
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-surface p-2 focus:not-sr-only focus:fixed focus:top-1 focus:left-1"
      >
        Skip to the page
      </a>
      <Header account={shown} onSignOut={signOut} />
      <div className="min-h-[calc(100dvh-3rem)] md:grid md:grid-cols-[13.5rem_minmax(0,1fr)]">
        <Sidebar account={shown} />
        <main id="main" className="mx-auto w-full max-w-[85rem] min-w-0 px-3.5 py-4 sm:px-6 sm:py-5">
          <SignInState onSignOut={signOut} />
          {account !== undefined && <SuspendedBanner account={account} />}
          <Outlet />
        </main>
      </div>
      <Confirmations />
      <PaletteHost account={shown} />
    </Fragment>
  )
}

const SUSPENDED_EVERY_MS = 5 * 60_000

/** Says that the account is suspended. Takes its name or id, as the URL has it. */
function SuspendedBanner({ account }: { account: string }) {
  const list = useQuery({ ...accountQueries.list(), refetchInterval: SUSPENDED_EVERY_MS })
  // The overview's page fetches the account every few seconds, and its answer says it too.
  const overview = useQueryState(accountQueries.overview(account).queryKey, (state) => state)
  const overviewed = overview?.data as Account | undefined
  const listed = list.data?.find(({ id, name }) => name === account || String(id) === account)
  const newest = (overview?.dataUpdatedAt ?? 0) > list.dataUpdatedAt ? overviewed : (listed ?? overviewed)
  if (!newest?.suspended) return null
  return (
    <Notice tone="warn" role="status" title={`The account ${newest.name} is suspended`} className="mb-4">
      BigV may refuse what you ask for here. Whoever runs this cluster can tell why.
    </Notice>
  )
}
