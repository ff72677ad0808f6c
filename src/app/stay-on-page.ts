import type { DataRouter } from 'react-router'
import { loadOrNotify } from '../ui/lazy.tsx'

/**
 * Has one stay where one is, with what was typed there, when the code of the page that one goes to cannot be had; that is said.
 * Without a page to stay on, the router says it in the page's place. Call once.
 */
export function stayWhereNoPageLoads(router: DataRouter): void {
  addEventListener('vite:preloadError', ({ payload }) => {
    const { navigation, location, initialized } = router.state
    if (!initialized || navigation.state === 'idle') return
    void loadOrNotify(() => Promise.reject(payload))
    void router.navigate(location, { replace: true, state: location.state, preventScrollReset: true })
  })
}
