import { useState } from 'react'
import { Link } from 'react-router'
import { links } from '../../lib/links.ts'
import { setReadOnly } from '../../operations/read-only.ts'
import { useReadOnly } from '../../operations/use-operations.ts'
import { idleMinutes, setIdleMinutes } from '../../session/idle-limit.ts'
import { setSharesSession, sharesSession } from '../../session/tabs.ts'
import {
  MenuCheck,
  MenuGroup,
  MenuItem,
  MenuLink,
  MenuRadio,
  MenuSeparator,
} from '../../ui/menu/menu-items.tsx'
import { setTheme, useTheme, type Theme } from '../../ui/theme.ts'

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

const IDLE_LIMITS = [
  { minutes: 15, label: '15 minutes' },
  { minutes: 60, label: '1 hour' },
  { minutes: 480, label: '8 hours' },
  { minutes: 0, label: 'However long' },
] as const

/** What the user can set, and the way out. */
export function UserMenuItems({ onSignOut }: { onSignOut: () => void }) {
  const theme = useTheme()
  const readOnly = useReadOnly()
  const [shares, setShares] = useState(sharesSession)
  const [idle, setIdle] = useState(idleMinutes)
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
        <MenuCheck checked={readOnly} hint="Nothing can be changed" onSelect={() => setReadOnly(!readOnly)}>
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
      <MenuGroup label="The session ends when nobody is here for">
        {IDLE_LIMITS.map(({ minutes, label }) => (
          <MenuRadio
            key={minutes}
            checked={idle === minutes}
            onSelect={() => {
              setIdleMinutes(minutes)
              setIdle(minutes)
            }}
          >
            {label}
          </MenuRadio>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuItem onSelect={onSignOut}>Sign out</MenuItem>
    </>
  )
}
