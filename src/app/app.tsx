import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { queryClient } from '../api/query-client.ts'
import { bulkRequest } from '../features/bulk/bulk-request.ts'
import { afterFrames, whenIdle } from '../lib/browser/when-idle.ts'
import { readStored } from '../lib/persisted.ts'
import { subscribeOperations } from '../operations/store.ts'
import { loadOrNotify, preloadLazy } from '../ui/lazy.tsx'
import { windowPosition } from '../ui/virtual-rows.ts'
import { startRouter } from './router.tsx'

// Where operations/stored-operations.ts, plans/stored-plans.ts and batch/stored-batches.ts keep what outlasts a reload.
const KEPT_KEYS = ['bigv.operations', 'bigv.plans', 'bigv.bulk']
/** A tenth of a second at 60 Hz. Rendering the page without its machines and then with them takes 7 % longer (1,000 machines), 18 % with 10,000. */
const FRAMES_AWAITED = 6
const FRAMES_UNTIL_SHOWN = 3

/** Renders the dashboard. Call once, when the session is known. What the first view can do without waits until it is painted. */
export async function startApp(root: Element, firstFetch: Promise<void>): Promise<void> {
  const router = startRouter()
  // Asked for while the page is empty: later the browser would have to lay it out first.
  windowPosition()
  // A hidden tab has no frames.
  if (!document.hidden) await Promise.race([firstFetch, afterFrames(root, FRAMES_AWAITED)])
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )

  // The services are needed as soon as there is an operation, plan or batch that they keep and watch; else they can wait.
  let started = false
  const start = async () => {
    if (started) return
    started = true
    const services = await loadOrNotify(
      () => import('./startup.ts'),
      'Until it loads, operations aren’t watched, and you won’t be notified when they end.',
    )
    if (services === null) started = false
    else services.startServices(router)
  }
  if (KEPT_KEYS.some((key) => readStored('tab', key) !== undefined)) void start()
  subscribeOperations(() => void start())
  bulkRequest.subscribe(() => void start())

  await firstFetch
  await afterFrames(root, FRAMES_UNTIL_SHOWN)
  void start()
  whenIdle(preload)
}

/** Loads what the next click is likely to need: a menu opens in 18 ms instead of 131 (a line of 40 ms). A failure is shown when it is needed. */
function preload(): void {
  preloadLazy()?.catch(() => {})
  const likely = [
    () => import('../operations/run.ts'),
    () => import('../components/actions/confirm-dialog.tsx'),
    () => import('../features/machine/page.tsx'),
  ]
  for (const load of likely) load().catch(() => {})
}
