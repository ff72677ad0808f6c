import './styles.css'
import { loadBrainSettings } from './api/brain.ts'
import { prefetch } from './api/prefetch.ts'
import { followUser } from './api/query-client.ts'
import { claimTab } from './lib/tab.ts'
import { restoreSession } from './session/session.ts'
import { askTabs, joinTabs } from './session/tabs.ts'

// Small, so that the fetch of the first page's data starts while the app's code is still loading.

const root = document.querySelector('#root')
// public/old-browser.js removes #root if the browser is too old.
if (root !== null) await start(root)

async function start(root: Element): Promise<void> {
  // Before importing the app, whose modules read the tab's storage. This delays no download: index.html preloads the app.
  await claimTab()
  const app = import('./app/app.tsx')
  joinTabs()
  if (!restoreSession()) await askTabs()
  followUser()
  const firstFetch = prefetch(location)
  void loadBrainSettings()

  app.then(
    ({ startApp }) => startApp(root, firstFetch),
    () => {
      // Plain DOM, as no component is loaded yet.
      const reload = document.createElement('button')
      reload.textContent = 'Reload'
      reload.addEventListener('click', () => location.reload())
      root.append('Part of the dashboard failed to load. ', reload)
    },
  )
}
