import { useLayoutEffect, useRef, type ComponentType, type FocusEvent, type MouseEvent } from 'react'
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router'
import { addressesOf, type MachineInGroup, type VirtualMachine } from '../../api/virtual-machines.ts'
import { isDestination } from '../../lib/browser/destination.ts'
import { lazyComponent, loadOrNotify } from '../../ui/lazy.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { Overview } from './overview.tsx'

type Content = ComponentType<MachineInGroup & { onClose?: () => void }>

function Loading() {
  return <Spinner />
}

/** Loads a tab's code when the tab is opened. */
function lazily(load: () => Promise<Content>) {
  const Content = lazyComponent(load, { onDemand: true, fallback: Loading })
  return { load: Content.preload, Content }
}

const TABS = [
  { name: 'overview', label: 'Overview', load: () => Promise.resolve(Overview), Content: Overview },
  { name: 'discs', label: 'Discs', ...lazily(async () => (await import('./discs/tab.tsx')).DiscsTab) },
  {
    name: 'network',
    label: 'Network',
    ...lazily(async () => (await import('./network/tab.tsx')).NetworkTab),
  },
  { name: 'keys', label: 'Keys', ...lazily(async () => (await import('./keys-tab.tsx')).KeysTab) },
  {
    name: 'privileges',
    label: 'Access',
    ...lazily(async () => (await import('./privileges-tab.tsx')).PrivilegesTab),
  },
  {
    name: 'settings',
    label: 'Settings',
    ...lazily(async () => (await import('./settings/tab.tsx')).SettingsTab),
  },
] as const

/** The tab that the URL names (`?tab=`), or the overview. */
export function useTab() {
  const [params] = useSearchParams()
  return TABS.find(({ name }) => name === params.get('tab')) ?? TABS[0]
}

/** Scrolls the row of tabs to the current tab, as the tabs don't all fit in a narrow window. */
function showTab(tab: HTMLElement | null) {
  const tabs = tab?.parentElement
  // scrollIntoView would move the page as well.
  if (tabs) tabs.scrollLeft = tab.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - tab.offsetWidth) / 2
}

function searchOf(name: string): string {
  return name === 'overview' ? '?' : `?tab=${name}`
}

/** How many discs and addresses the machine has, beside the names of their tabs. */
function countIn(name: string, { discs, network_interfaces }: Partial<VirtualMachine>): number | undefined {
  if (name === 'discs') return discs?.length
  return name === 'network' && network_interfaces ? addressesOf(network_interfaces).length : undefined
}

/** Fades the ends at which the row of tabs continues. */
function fadeEnds(row: HTMLElement): void {
  const { scrollLeft, scrollWidth, clientWidth } = row
  row.toggleAttribute('data-before', scrollLeft > 1)
  row.toggleAttribute('data-after', scrollLeft + clientWidth < scrollWidth - 1)
}

/** Scrolls a tab into view that takes the focus by keyboard. Chromium leaves one where it is if a sliver of it shows. */
function reveal({ currentTarget }: FocusEvent<HTMLElement>): void {
  if (currentTarget.matches(':focus-visible'))
    currentTarget.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

function watchEnds(row: HTMLElement | null) {
  if (row === null) return undefined
  const observer = new ResizeObserver(() => fadeEnds(row))
  observer.observe(row)
  return () => observer.disconnect()
}

/** Links, so that users can share the URL of a tab. */
export function TabLinks({ vm }: { vm: Partial<VirtualMachine> }) {
  const current = useTab()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const wanted = useRef('')
  const currentLink = useRef<HTMLAnchorElement>(null)
  const hasCounts = vm.discs !== undefined
  // Not in a ref's callback, which the router's link calls at each render: that would undo the user's scrolling.
  useLayoutEffect(() => showTab(currentLink.current), [current, hasCounts])

  // If a tab's code can't be loaded, the user stays on the current tab and keeps the input there.
  const goTo = async (event: MouseEvent, { name, load }: (typeof TABS)[number]) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    wanted.current = name
    const there = await loadOrNotify<unknown>(load)
    // While the tab's code was loading, the user may have opened another tab. Or they may have opened another page, whose URL must not
    // change.
    if (there !== null && wanted.current === name && isDestination(pathname))
      void navigate(searchOf(name), { replace: true, preventScrollReset: true })
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it follows the focus of its links
    <nav
      ref={watchEnds}
      aria-label="Machine"
      onScroll={(event) => fadeEnds(event.currentTarget)}
      // The padding keeps a tab with the focus clear of the faded ends.
      className="fade-ends mb-4 scroll-px-10 flex gap-5 max-sm:gap-4 scroll-sideways border-b border-line"
    >
      {TABS.map((tab) => (
        <Link
          key={tab.name}
          to={searchOf(tab.name)}
          onClick={(event) => void goTo(event, tab)}
          onFocus={reveal}
          ref={tab === current ? currentLink : undefined}
          aria-current={tab === current ? 'page' : undefined}
          className="border-b-2 border-transparent py-2 font-medium text-muted hover:text-text aria-[current]:border-accent aria-[current]:text-text"
        >
          {tab.label}
          {countIn(tab.name, vm) !== undefined && (
            <span aria-hidden className="ml-1 text-xs">
              {countIn(tab.name, vm)}
            </span>
          )}
        </Link>
      ))}
    </nav>
  )
}
