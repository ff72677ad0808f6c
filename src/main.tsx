import './styles.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { loadBrainSettings } from './api/brain.ts'
import { clearCacheWithUser, queryClient } from './api/query-client.ts'
import { tellOperationEnds } from './components/power/operation-toasts.ts'
import { tellPlanEnds } from './components/power/plan-toasts.ts'
import { keepOperations } from './operations/persist.ts'
import { keepPlans } from './operations/plans/persist.ts'
import { shareOperations } from './operations/tabs.ts'
import { followWaitingChanges } from './operations/waiting-store.ts'
import { startWatch } from './operations/watch.ts'
import { startRouter } from './router.tsx'
import { restoreSession } from './session/session.ts'
import { askTabs, joinTabs } from './session/tabs.ts'

void loadBrainSettings()
joinTabs()
if (!restoreSession()) await askTabs()
clearCacheWithUser()
keepOperations()
keepPlans()
followWaitingChanges()
tellOperationEnds()
tellPlanEnds()
startWatch()
shareOperations()

const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root.')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={startRouter()} />
    </QueryClientProvider>
  </StrictMode>,
)
