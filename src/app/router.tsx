import { useQuery } from '@tanstack/react-query'
import {
  createBrowserRouter,
  Navigate,
  Outlet,
  ScrollRestoration,
  useSearchParams,
  type RouteObject,
} from 'react-router'
import { groupQueries } from '../api/groups.ts'
import { isNotFound } from '../api/query-client.ts'
import { LoadFailure } from '../components/page/freshness.tsx'
import { PageHeading, PageTitle } from '../components/page/page-heading.tsx'
import { Component as Machines, loader, shouldRevalidate } from '../features/machines/group-page.tsx'
import { destination } from '../lib/browser/destination.ts'
import { links, MACHINE_PAGE } from '../lib/links.ts'
import { compareNatural, segmentOf } from '../lib/names.ts'
import { lastGroup } from '../session/last-used.ts'
import { useSession } from '../session/session.ts'
import { LiveRegion } from '../ui/live-region.tsx'
import { Loading } from '../ui/spinner.tsx'
import { BackClosesLayers } from './back.tsx'
import { PageError } from './page-error.tsx'
import { Shell } from './shell/shell.tsx'
import { Unframed } from './shell/side-column.tsx'

function Root() {
  return (
    <>
      <Outlet />
      <ScrollRestoration />
      <BackClosesLayers />
      <LiveRegion />
    </>
  )
}

/** Replaces the whole dashboard, if its frame throws. */
function RootError() {
  return (
    <>
      <Unframed>
        <PageError />
      </Unframed>
      <LiveRegion />
    </>
  )
}

function PageLoading() {
  return (
    <div className="p-4">
      <Loading>Loading…</Loading>
    </div>
  )
}

// These two pages are in one file, because their lists look alike.
const placePrivileges = async () => ({
  Component: (await import('../features/access/page.tsx')).PlacePrivileges,
})
const ownPrivileges = async () => ({ Component: (await import('../features/access/page.tsx')).OwnPrivileges })

/**
 * Every page. The two pages that users most often open first are loaded with the frame. Paths match the API's, so that users can paste one
 * in place of the other.
 */
export const routes: RouteObject[] = [
  {
    Component: Root,
    ErrorBoundary: RootError,
    HydrateFallback: PageLoading,
    children: [
      {
        Component: Unframed,
        children: [{ path: '/sign-in', lazy: () => import('../features/sign-in/page.tsx') }],
      },
      {
        Component: Shell,
        children: [
          {
            ErrorBoundary: PageError,
            children: [
              { path: '/', Component: Home },
              {
                path: '/accounts/:account/virtual_machines',
                lazy: () => import('../features/machines/account-page.tsx'),
              },
              { path: '/accounts/:account', lazy: () => import('../features/account/page.tsx') },
              {
                path: '/accounts/:account/groups/:group/virtual_machines',
                Component: Machines,
                loader,
                shouldRevalidate,
              },
              {
                path: MACHINE_PAGE,
                lazy: () => import('../features/machine/page.tsx'),
              },
              {
                path: '/accounts/:account/groups/:group/vm_create',
                lazy: () => import('../features/create/page.tsx'),
              },
              {
                path: '/accounts/:account/privileges',
                lazy: placePrivileges,
              },
              {
                path: '/accounts/:account/groups/:group/privileges',
                lazy: placePrivileges,
              },
              { path: '/privileges', lazy: ownPrivileges },
              { path: '/activity', lazy: () => import('../features/activity/page.tsx') },
              { path: '/platform', lazy: () => import('../features/platform/page.tsx') },
              { path: '/keys', lazy: () => import('../features/ssh-keys/page.tsx') },
              { path: '*', lazy: () => import('./not-found.tsx') },
            ],
          },
        ],
      },
    ],
  },
]

/** Creates the router, which at once opens the page that the address bar names. Call once the session is known. */
export function startRouter(): ReturnType<typeof createBrowserRouter> {
  const router = createBrowserRouter(routes)
  router.subscribe(({ navigation, location }) => destination.set((navigation.location ?? location).pathname))
  return router
}

/**
 * Redirects to the group visited last, otherwise to `default`, otherwise to the first group, or to the overview if there is none. The account is the one in the URL's query,
 * otherwise the user's own.
 */
function Home() {
  const { credentials } = useSession()
  const [params] = useSearchParams()
  const account = params.get('account') ?? credentials?.account ?? ''
  const groups = useQuery(groupQueries.list(account))
  if (groups.isLoadingError) {
    return (
      <>
        <PageTitle parts={[account]} failed />
        <PageHeading translate="no">{account}</PageHeading>
        <div className="mt-4">
          <LoadFailure
            what={isNotFound(groups.error) ? `the account ${account}` : `the groups of ${account}`}
            query={groups}
          />
        </div>
      </>
    )
  }
  if (groups.data === undefined) {
    return <Loading>Loading the groups of {account}…</Loading>
  }
  const names = groups.data.map(segmentOf).toSorted(compareNatural)
  const last = lastGroup(account)
  const group = names.find((name) => name === last) ?? names.find((name) => name === 'default') ?? names[0]
  // The overview of an account without groups offers to create one.
  return (
    <Navigate
      replace
      to={group === undefined ? links.account(account) : links.machines({ account, group })}
    />
  )
}
