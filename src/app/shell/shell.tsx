import { Fragment } from 'react'
import { Navigate, Outlet, useLocation, useParams } from 'react-router'
import { links } from '../../lib/links.ts'
import { useSession } from '../../session/session.ts'
import { PaletteHost } from '../palette/palette-host.tsx'
import { AskedDialog } from '../../components/actions/asked-dialog.tsx'
import { Header } from './header.tsx'
import { SignInState } from './sign-in-state.tsx'
import { Sidebar } from './sidebar.tsx'
import { SuspendedBanner } from './suspended-banner.tsx'
import { useSignOut } from './use-sign-out.ts'

/** The frame of every page behind the sign-in. */
export function Shell() {
  const { credentials, left } = useSession()
  const { account } = useParams()
  const location = useLocation()
  const leave = useSignOut()
  if (credentials === null) {
    const here = location.pathname + location.search
    return <Navigate replace to={left || here === '/' ? links.signIn() : links.signIn(here)} />
  }
  const shown = account ?? credentials.account
  return (
    // Another user's page is another page: nothing of what the one before saw or typed stays on it.
    <Fragment key={credentials.username}>
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-surface p-2 focus:not-sr-only focus:fixed focus:top-1 focus:left-1"
      >
        Skip to the page
      </a>
      <Header account={shown} onSignOut={leave} />
      <div className="min-h-[calc(100dvh-3rem)] md:grid md:grid-cols-[13.5rem_minmax(0,1fr)]">
        <Sidebar account={shown} />
        <main id="main" className="mx-auto w-full max-w-[85rem] min-w-0 px-3.5 py-4 sm:px-6 sm:py-5">
          <SignInState onSignOut={leave} />
          {account !== undefined && <SuspendedBanner account={account} />}
          <Outlet />
        </main>
      </div>
      <AskedDialog />
      <PaletteHost account={shown} />
    </Fragment>
  )
}
