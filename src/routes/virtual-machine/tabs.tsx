import { lazy } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Overview } from './overview.tsx'

const TABS = [
  { name: 'overview', label: 'Overview', Content: Overview },
  {
    name: 'discs',
    label: 'Discs',
    Content: lazy(async () => ({ default: (await import('./tab-discs.tsx')).DiscsTab })),
  },
  {
    name: 'network',
    label: 'Network',
    Content: lazy(async () => ({ default: (await import('./tab-network.tsx')).NetworkTab })),
  },
  {
    name: 'keys',
    label: 'Keys',
    Content: lazy(async () => ({ default: (await import('./tab-keys.tsx')).KeysTab })),
  },
  {
    name: 'privileges',
    label: 'Privileges',
    Content: lazy(async () => ({ default: (await import('./tab-privileges.tsx')).PrivilegesTab })),
  },
  {
    name: 'settings',
    label: 'Settings',
    Content: lazy(async () => ({ default: (await import('./tab-settings.tsx')).SettingsTab })),
  },
] as const

/** The tab that the URL names (`?tab=`), the overview where it names none. */
export function useTab() {
  const [params] = useSearchParams()
  return TABS.find(({ name }) => name === params.get('tab')) ?? TABS[0]
}

function showTab(tab: HTMLElement | null) {
  const tabs = tab?.parentElement
  // Not scrollIntoView, which would move the page as well.
  if (tabs) tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2
}

/** The tabs as links, so that each can be sent to a colleague. */
export function TabLinks() {
  const current = useTab()
  return (
    <nav aria-label="Machine" className="mb-4 flex gap-5 max-sm:gap-4 overflow-x-auto border-b border-line">
      {TABS.map(({ name, label }) => (
        <Link
          key={name}
          to={name === 'overview' ? '?' : `?tab=${name}`}
          replace
          preventScrollReset
          // A narrow window does not hold them all; a link may name one of the last.
          ref={name === current.name ? showTab : undefined}
          aria-current={name === current.name ? 'page' : undefined}
          className="border-b-2 border-transparent py-2 font-medium text-muted hover:text-text aria-[current]:border-accent aria-[current]:text-text"
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
