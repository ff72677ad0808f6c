import './styles.css'
import { loadBrainSettings } from './api/brain.ts'
import { prefetch } from './api/prefetch.ts'
import { followUser } from './api/query-client.ts'
import { restoreSession } from './session/session.ts'
import { askTabs, joinTabs } from './session/tabs.ts'

// The start is small, so that the first fetch is under way while the pages' code is still being loaded.

const app = import('./app/app.tsx')
joinTabs()
if (!restoreSession()) await askTabs()
followUser()
const prefetched = prefetch(location)
void loadBrainSettings()

const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root.')
app.then(
  ({ startApp }) => startApp(root, prefetched),
  () => {
    // There is nothing yet that could show it better.
    const again = document.createElement('button')
    again.textContent = 'Load the page anew'
    again.addEventListener('click', () => location.reload())
    root.append('The dashboard could not be loaded whole. ', again)
  },
)
