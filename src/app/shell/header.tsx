import { useQuery } from '@tanstack/react-query'
import ChevronDown from 'lucide-react/icons/chevron-down'
import CircleUserRound from 'lucide-react/icons/circle-user-round'
import History from 'lucide-react/icons/rotate-ccw-clock'
import LogOut from 'lucide-react/icons/log-out'
import MenuIcon from 'lucide-react/icons/menu'
import { useState } from 'react'
import { Link, useLocation } from 'react-router'
import { accountQueries } from '../../api/accounts.ts'
import { BrainBadge } from '../../components/brain-badge.tsx'
import { bulkUsed } from '../../features/bulk/bulk-request.ts'
import { useReadOnly } from '../../session/read-only.ts'
import { useRunningWork } from '../../operations/running.ts'
import { isToken } from '../../session/credentials.ts'
import { useSession } from '../../session/session.ts'
import { BrandMark } from '../../ui/brand-mark.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { Tag } from '../../ui/tag.tsx'
import { PaletteButton } from '../palette/open-palette.tsx'

const AccountItems = lazyComponent(async () => (await import('./header-menus.tsx')).AccountItems)
const PageItems = lazyComponent(async () => (await import('./header-menus.tsx')).PageItems)
const RunningItems = lazyComponent(async () => (await import('./header-menus.tsx')).RunningItems)
const UserItems = lazyComponent(async () => (await import('./header-menus.tsx')).UserItems)
const OtpAge = lazyComponent(async () => (await import('./otp-age.tsx')).OtpAge, { onDemand: true })
const Bulk = lazyComponent(async () => (await import('../../features/bulk/bulk.tsx')).Bulk, {
  onDemand: true,
})
const ActivityDrawer = lazyComponent(
  async () => (await import('../../features/activity/drawer.tsx')).ActivityDrawer,
  { onDemand: true },
)

/** The bar above every page: cluster, account, running operations and user. */
export function Header({ account, onSignOut }: { account: string; onSignOut: () => void }) {
  const { credentials } = useSession()
  const readOnly = useReadOnly()
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-1.5 border-b border-line bg-surface px-3 sm:gap-2.5 sm:px-4 print:hidden">
      <PageMenu account={account} />
      <Link
        to="/"
        className="flex items-center gap-2 font-bold tracking-tight max-sm:not-focus-visible:sr-only"
      >
        <BrandMark />
        BigV
      </Link>
      <BrainBadge />
      <AccountMenu account={account} />
      {readOnly && <Tag tone="info">Read-only</Tag>}
      <span className="flex-1" />
      <PaletteButton />
      {bulkUsed.use() && <Bulk />}
      {/* A phone has no room for both buttons. A bulk run’s own button shows its progress, and Activity lists the rest. */}
      <span className="contents max-sm:[[data-bulk-progress]~&]:hidden">
        <RunningMenu />
      </span>
      {/* A phone has no room for these. Activity and Sign out are also in its menus. */}
      <span className="flex items-center gap-2.5 max-sm:hidden">
        <ActivityButton />
      </span>
      {credentials && !isToken(credentials) && credentials.otp !== '' && <OtpAge onSignOut={onSignOut} />}
      {credentials && <UserMenu username={credentials.username} onSignOut={onSignOut} />}
      <IconButton label="Sign out" icon={LogOut} onClick={onSignOut} className="max-sm:hidden" />
    </header>
  )
}

function PageMenu({ account }: { account: string }) {
  return (
    <span className="md:hidden">
      <Menu
        label="Groups and pages"
        trigger={
          <IconButton label="Groups and pages">
            <MenuIcon size={18} aria-hidden />
          </IconButton>
        }
      >
        <PageItems account={account} />
      </Menu>
    </span>
  )
}

function AccountMenu({ account }: { account: string }) {
  const { data: accounts = [] } = useQuery(accountQueries.list())
  if (accounts.length < 2)
    return (
      <span translate="no" className="max-w-28 min-w-10 truncate px-2 text-muted sm:max-w-56">
        {account}
      </span>
    )
  return (
    <Menu
      label="Accounts"
      trigger={
        <Button variant="quiet" aria-label={`Account ${account}, switch`} className="min-w-20 shrink!">
          <span translate="no" className="max-w-28 truncate sm:max-w-56">
            {account}
          </span>
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
    >
      <AccountItems accounts={accounts} shown={account} />
    </Menu>
  )
}

function RunningMenu() {
  const running = useRunningWork()
  if (running.length === 0) return null
  return (
    <Menu
      label="In progress"
      align="end"
      trigger={
        <Button variant="quiet" aria-label={`${running.length} in progress`}>
          <Spinner />
          {running.length}
          {/* A phone has room only for the number. */}
          <span className="max-sm:hidden">in progress</span>
        </Button>
      }
    >
      <RunningItems running={running} />
    </Menu>
  )
}

function ActivityButton() {
  // The drawer stays open only on the page where it was opened, so that following a link closes the drawer.
  const { key } = useLocation()
  const [openedOn, setOpenedOn] = useState<string | null>(null)
  return (
    <>
      <IconButton label="Activity" icon={History} aria-haspopup="dialog" onClick={() => setOpenedOn(key)} />
      {openedOn === key && <ActivityDrawer onClose={() => setOpenedOn(null)} />}
    </>
  )
}

function UserMenu({ username, onSignOut }: { username: string; onSignOut: () => void }) {
  return (
    <Menu
      label="Settings"
      align="end"
      trigger={
        <Button variant="quiet" aria-label={`Settings of ${username}`}>
          <CircleUserRound size={18} aria-hidden className="sm:hidden" />
          <span translate="no" className="max-w-40 truncate max-sm:hidden">
            {username}
          </span>
          <ChevronDown size={14} aria-hidden className="max-sm:hidden" />
        </Button>
      }
    >
      <UserItems onSignOut={onSignOut} />
    </Menu>
  )
}
