import { createBrowserRouter, Outlet, ScrollRestoration, type RouteObject } from 'react-router'
import { PageError } from './components/shell/page-error.tsx'
import { PageLoading } from './components/shell/page-loading.tsx'
import { Shell } from './components/shell/shell.tsx'
import { headedFor } from './lib/headed-for.ts'
import { Component as Home } from './routes/home.tsx'
import { Component as Machines, loader, shouldRevalidate } from './routes/virtual-machines.tsx'
import { LiveRegion } from './ui/live-region.tsx'
import { Toasts } from './ui/toasts.tsx'

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

/** Every page; what most come for is loaded with the frame. They mirror the paths of BigV's API, so that either can be pasted from the other. */
export const routes: RouteObject[] = [
  {
    Component: Root,
    ErrorBoundary: PageError,
    HydrateFallback: PageLoading,
    children: [
      { path: '/sign-in', lazy: () => import('./routes/sign-in.tsx') },
      {
        Component: Shell,
        children: [
          {
            ErrorBoundary: PageError,
            children: [
              { path: '/', Component: Home },
              {
                path: '/accounts/:account/virtual_machines',
                lazy: () => import('./routes/account/virtual-machines.tsx'),
              },
              { path: '/accounts/:account', lazy: () => import('./routes/account/page.tsx') },
              {
                path: '/accounts/:account/groups/:group/virtual_machines',
                Component: Machines,
                loader,
                shouldRevalidate,
              },
              {
                path: '/accounts/:account/groups/:group/virtual_machines/:vm',
                lazy: () => import('./routes/virtual-machine/page.tsx'),
              },
              {
                path: '/accounts/:account/groups/:group/vm_create',
                lazy: () => import('./routes/vm-create/page.tsx'),
              },
              {
                path: '/accounts/:account/privileges',
                lazy: () => import('./routes/privileges/on-place.tsx'),
              },
              {
                path: '/accounts/:account/groups/:group/privileges',
                lazy: () => import('./routes/privileges/on-place.tsx'),
              },
              { path: '/privileges', lazy: () => import('./routes/privileges/own.tsx') },
              { path: '/activity', lazy: () => import('./routes/activity/page.tsx') },
              { path: '/platform', lazy: () => import('./routes/platform.tsx') },
              { path: '/keys', lazy: () => import('./routes/keys/page.tsx') },
              { path: '*', lazy: () => import('./routes/not-found.tsx') },
            ],
          },
        ],
      },
    ],
  },
]

/** The router, which goes to the page of the address at once: call it when the session is known. */
export function startRouter(): ReturnType<typeof createBrowserRouter> {
  const router = createBrowserRouter(routes)
  router.subscribe(({ navigation, location }) => headedFor.set((navigation.location ?? location).pathname))
  return router
}
