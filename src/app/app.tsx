import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { queryClient } from '../api/query-client.ts'
import { afterFrames, whenIdle } from '../lib/browser/when-idle.ts'
import { readStored } from '../lib/persisted.ts'
import { subscribeOperations } from '../operations/store.ts'
import { startRouter } from './router.tsx'
import { loadPart } from '../ui/load-part.ts'
import { loadParts } from '../ui/part.tsx'
import { windowPlace } from '../ui/window-place.ts'

let router: ReturnType<typeof startRouter>

/**
 * Puts the dashboard on the page, and begins what goes on beside the pages. Call once, when the session is known; what
 * the page is reading goes before what may be needed later.
 */
export async function startApp(root: Element, firstReading: Promise<void>): Promise<void> {
  router = startRouter()
  windowPlace() // while there is nothing yet that asking for it would have laid out
  // Up to a tenth of a second: drawing the page without its machines and then with them takes longer. A hidden tab has no frames.
  if (!document.hidden) await Promise.race([firstReading, afterFrames(root, FRAMES_AWAITED)])
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
  // What keeps and watches operations is not needed before there is one, and what sends them not before something is asked for.
  if (LEFT_BEHIND.some((key) => readStored('tab', key) !== undefined)) watchOperations()
  subscribeOperations(watchOperations)
  void afterwards(root, firstReading)
}

// Where operations/stored-operations.ts and operations/plans/persist.ts put what is to outlast a reload.
const LEFT_BEHIND = ['bigv.operations', 'bigv.plans']
const FRAMES_AWAITED = 6
const FRAMES_UNTIL_SHOWN = 3

async function afterwards(root: Element, firstReading: Promise<void>): Promise<void> {
  await firstReading
  await afterFrames(root, FRAMES_UNTIL_SHOWN)
  watchOperations()
  whenIdle(loadNext)
}

let watching = false

async function startWatching(): Promise<void> {
  if (watching) return
  watching = true
  const part = await loadPart(() => import('./startup.ts'))
  if (part === null) watching = false
  else part.startOperationsWatch(router)
}

const watchOperations = () => void startWatching()

/** Has the browser fetch what the next click is likely to need. A failure here is told when it is needed. */
function loadNext(): void {
  loadParts()?.catch(() => {})
  const parts = [
    () => import('../operations/run.ts'),
    () => import('../components/actions/confirm-operation.tsx'),
    () => import('../features/machine/page.tsx'),
  ]
  for (const load of parts) load().catch(() => {})
}
