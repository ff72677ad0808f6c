import { LogOut } from 'lucide-react'
import { Link } from 'react-router'
import { isToken } from '../../session/credentials.ts'
import { useSession } from '../../session/session.ts'
import { PaletteButton } from '../palette/palette-button.tsx'
import { useReadOnly } from '../../operations/use-operations.ts'
import { BrandMark } from '../../ui/brand-mark.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { part } from '../../ui/part.tsx'
import { Tag } from '../../ui/tag.tsx'
import { BulkEntry } from '../../features/bulk/bulk-entry.tsx'
import { ActivityButton } from './activity-button.tsx'
import { AccountSwitcher } from './account-switcher.tsx'
import { BrainBadge } from '../../components/brain-badge.tsx'
import { Changes } from './changes.tsx'
import { GroupMenu } from './group-menu.tsx'
import { UserMenu } from './user-menu.tsx'

const OtpAge = part(async () => (await import('./otp-age.tsx')).OtpAge, { onDemand: true })

/** The bar above every page: which cluster, which account, what is running, who one is. */
export function Header({ account, onSignOut }: { account: string; onSignOut: () => void }) {
  const { credentials } = useSession()
  const readOnly = useReadOnly()
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-1.5 border-b border-line bg-surface px-3 sm:gap-2.5 sm:px-4">
      <GroupMenu account={account} />
      <Link to="/" className="flex items-center gap-2 font-bold tracking-tight max-sm:sr-only">
        <BrandMark />
        BigV
      </Link>
      <BrainBadge />
      <AccountSwitcher account={account} />
      {readOnly && <Tag tone="info">look only</Tag>}
      <span className="flex-1" />
      <PaletteButton />
      <BulkEntry />
      <Changes />
      {/* A phone's bar has no room for these two: they are in its menus. */}
      <span className="flex items-center gap-2.5 max-sm:hidden">
        <ActivityButton />
      </span>
      {credentials && !isToken(credentials) && credentials.otp !== '' && (
        <OtpAge username={credentials.username} onSignOut={onSignOut} />
      )}
      {credentials && <UserMenu username={credentials.username} onSignOut={onSignOut} />}
      <IconButton label="Sign out" onClick={onSignOut} className="max-sm:hidden">
        <LogOut size={16} aria-hidden />
      </IconButton>
    </header>
  )
}
