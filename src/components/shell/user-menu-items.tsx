import { useState } from 'react'
import { Link } from 'react-router'
import { links } from '../../lib/links.ts'
import { setLookOnly } from '../../operations/look-only.ts'
import { useLookOnly } from '../../operations/use-operations.ts'
import { setSharesSession, sharesSession } from '../../session/tabs.ts'
import { MenuCheck, MenuGroup, MenuItem, MenuLink, MenuRadio, MenuSeparator } from '../../ui/menu-items.tsx'
import { setTheme, useTheme, type Theme } from '../../ui/theme.ts'

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

/** What the user can set, and the way out. */
export function UserMenuItems({ onSignOut }: { onSignOut: () => void }) {
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
      <MenuSeparator />
      <MenuItem onSelect={onSignOut}>Sign out</MenuItem>
    </>
  )
}
