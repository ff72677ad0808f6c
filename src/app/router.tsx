import { createBrowserRouter, Outlet, ScrollRestoration, type RouteObject } from 'react-router'
import { PageError } from './page-error.tsx'
import { Shell } from './shell/shell.tsx'
import { headedFor } from '../lib/browser/headed-for.ts'
import { Component as Home } from './home.tsx'
import { Component as Machines, loader, shouldRevalidate } from '../features/machines/group-page.tsx'
import { LiveRegion } from '../ui/live-region.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { Toasts } from '../ui/toast/toasts.tsx'

function Root() {
  return (
    <>
      <Outlet />
      <ScrollRestoration />
      <Toasts />
      <LiveRegion />
    </>
  )
}

/** While the first page's code is being loaded. */
function PageLoading() {
  return (
    <p role="status" className="flex items-center gap-2 p-4 text-muted">
      <Spinner /> Loading…
    </p>
  )
}

// Two pages in one file: their lists look alike.
const placePrivileges = async () => ({
  Component: (await import('../features/access/page.tsx')).PlacePrivileges,
})
const ownPrivileges = async () => ({ Component: (await import('../features/access/page.tsx')).OwnPrivileges })

/**
 * Every page; the two that most users open first are loaded with the frame. The paths mirror those of BigV's API, so that either can be
 * pasted from the other.
 */
export const routes: RouteObject[] = [
  {
    Component: Root,
    ErrorBoundary: PageError,
    HydrateFallback: PageLoading,
    children: [
      { path: '/sign-in', lazy: () => import('../features/sign-in/page.tsx') },
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
                path: '/accounts/:account/groups/:group/virtual_machines/:vm',
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

/** Creates the router, which goes to the page of the address at once: call it when the session is known. */
export function startRouter(): ReturnType<typeof createBrowserRouter> {
  const router = createBrowserRouter(routes)
  router.subscribe(({ navigation, location }) => headedFor.set((navigation.location ?? location).pathname))
  return router
}
