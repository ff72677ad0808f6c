import { ChevronDown, CircleUserRound } from 'lucide-react'
import { Link } from 'react-router'
import { links } from '../../lib/links.ts'
import { setLookOnly } from '../../operations/look-only.ts'
import { useLookOnly } from '../../operations/use-operations.ts'
import { setSharesSession, sharesSession } from '../../session/tabs.ts'
import { Button } from '../../ui/button.tsx'
import { Menu, MenuCheck, MenuGroup, MenuItem, MenuLink, MenuRadio, MenuSeparator } from '../../ui/menu.tsx'
import { setTheme, useTheme, type Theme } from '../../ui/theme.ts'
import { useState } from 'react'

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

/** What is this user's own: the looks, “look only”, and whether new tabs are signed in too. */
export function UserMenu({ username, onSignOut }: { username: string; onSignOut: () => void }) {
  return (
    <Menu
      label="Settings"
      align="end"
      trigger={
        <Button variant="quiet" aria-label={`Settings of ${username}`}>
          <CircleUserRound size={18} aria-hidden className="sm:hidden" />
          <span className="max-w-40 truncate max-sm:hidden">{username}</span>
          <ChevronDown size={14} aria-hidden className="max-sm:hidden" />
        </Button>
      }
    >
      {() => (
        <>
          <Settings />
          <MenuSeparator />
          <MenuItem onSelect={onSignOut}>Sign out</MenuItem>
        </>
      )}
    </Menu>
  )
}

function Settings() {
  const theme = useTheme()
  const lookOnly = useLookOnly()
  const [shares, setShares] = useState(sharesSession)
  return (
    <>
      <MenuLink render={<Link to={links.privileges()} />}>Your privileges</MenuLink>
      <MenuGroup label="Looks">
        {THEMES.map(({ value, label }) => (
          <MenuRadio key={value} checked={theme === value} onSelect={() => setTheme(value)}>
            {label}
          </MenuRadio>
        ))}
      </MenuGroup>
      <MenuGroup label="Safety">
        <MenuCheck checked={lookOnly} hint="Nothing can be changed" onSelect={() => setLookOnly(!lookOnly)}>
          Look only
        </MenuCheck>
        <MenuCheck
          checked={shares}
          hint="In memory, as long as a tab is open"
          onSelect={() => {
            setSharesSession(!shares)
            setShares(!shares)
          }}
        >
          New tabs are signed in too
        </MenuCheck>
      </MenuGroup>
    </>
  )
}
