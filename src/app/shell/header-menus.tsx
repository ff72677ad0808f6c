import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { actions, pageOf } from '../../actions/index.ts'
import type { Account } from '../../api/accounts.ts'
import { Elapsed } from '../../components/elapsed.tsx'
import { useGroups } from '../../components/groups.tsx'
import { links } from '../../lib/links.ts'
import { compareNatural, segmentOf } from '../../lib/names.ts'
import { persisted } from '../../lib/persisted.ts'
import { z } from '../../lib/schema.ts'
import { createStore } from '../../lib/store.ts'
import type { Operation } from '../../operations/operation.ts'
import { planTitle } from '../../operations/plan.ts'
import { setReadOnly, useReadOnly } from '../../session/read-only.ts'
import type { RunningWork } from '../../operations/running.ts'
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

// The items of the menus in header.tsx, which loads this file lazily.

export function AccountItems({ accounts, shown }: { accounts: readonly Account[]; shown: string }) {
  return accounts
    .toSorted((a, b) => compareNatural(a.name, b.name))
    .map((account) => {
      const segment = segmentOf(account)
      return (
        <NameLink key={account.id} to={links.machinesOf(segment)} isCurrent={segment === shown}>
          {account.name}
        </NameLink>
      )
    })
}

/** A link to an account or a group. */
function NameLink(props: { to: string; isCurrent: boolean; children: string }) {
  const { to, isCurrent, children } = props
  return (
    <MenuLink
      translate="no"
      hint={isCurrent ? 'current' : undefined}
      render={<Link to={to} aria-current={isCurrent ? 'page' : undefined} />}
    >
      {children}
    </MenuLink>
  )
}

export function PageItems({ account }: { account: string }) {
  const { group } = useParams()
  const groups = useGroups(account)
  return (
    <>
      <MenuGroup label="Account">
        <MenuLink render={<Link to={links.account(account)} />}>Overview</MenuLink>
        <MenuLink render={<Link to={links.allMachines(account)} />}>All machines</MenuLink>
      </MenuGroup>
      <MenuGroup label="Groups">
        {groups.map((each) => {
          const segment = segmentOf(each)
          return (
            <NameLink
              key={each.id}
              to={links.machines({ account, group: segment })}
              isCurrent={segment === group}
            >
              {each.name}
            </NameLink>
          )
        })}
      </MenuGroup>
      <MenuGroup label="You">
        <MenuLink render={<Link to={links.activity()} />}>Activity</MenuLink>
        <MenuLink render={<Link to={links.keys()} />}>SSH keys</MenuLink>
        <MenuLink render={<Link to={links.privileges()} />}>Your access</MenuLink>
      </MenuGroup>
      <MenuGroup label="Reference">
        <MenuLink render={<Link to={links.platform()} />}>Platform</MenuLink>
      </MenuGroup>
    </>
  )
}

export function RunningItems({ running }: { running: readonly RunningWork[] }) {
  return (
    <>
      {running.map((work) => {
        const { key, begunAt, otherTab, target } = 'plan' in work ? work.plan : work.operation
        const { label, to } = linkTo(work)
        return (
          <MenuLink
            key={key}
            hint={
              <>
                <Elapsed since={begunAt} />
                {'operation' in work && work.operation.phase === 'queued' && ', queued'}
                {otherTab && ', from another tab'}
              </>
            }
            render={<Link to={to} />}
          >
            {label} {target.name}
          </MenuLink>
        )
      })}
      <MenuSeparator />
      <MenuLink render={<Link to={links.activity()} />}>All activity</MenuLink>
    </>
  )
}

/** A plan's link names what it is doing, or the plan itself between two of its actions. */
function linkTo(work: RunningWork): { label: string; to: string } {
  if (!('plan' in work)) return linkToOperation(work.operation)
  const { plan, operations } = work
  const last = operations.at(-1)
  return last === undefined
    ? { label: planTitle(plan), to: links.machine(plan.target, plan.target.id) }
    : linkToOperation(last)
}

function linkToOperation({ action, target }: Operation): { label: string; to: string } {
  return { label: actions[action].label, to: pageOf({ action, target }) }
}

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

const IDLE_LIMITS = [
  { minutes: 15, label: '15 minutes' },
  { minutes: 60, label: '1 hour' },
  { minutes: 480, label: '8 hours' },
  { minutes: 0, label: 'Never' },
] as const

export function UserItems({ onSignOut }: { onSignOut: () => void }) {
  const theme = useTheme()
  const readOnly = useReadOnly()
  const [shares, setShares] = useState(sharesSession)
  const [idle, setIdle] = useState(idleMinutes)
  return (
    <>
      <MenuLink render={<Link to={links.privileges()} />}>Your access</MenuLink>
      <MenuGroup label="Theme">
        {THEMES.map(({ value, label }) => (
          <MenuRadio key={value} checked={theme === value} onSelect={() => setTheme(value)}>
            {label}
          </MenuRadio>
        ))}
      </MenuGroup>
      <MenuGroup label="Safety">
        <MenuCheck checked={readOnly} hint="Nothing can be changed" onSelect={() => setReadOnly(!readOnly)}>
          Read-only mode
        </MenuCheck>
        <MenuCheck
          checked={shares}
          hint="In memory only, while a tab is open"
          onSelect={() => {
            setSharesSession(!shares)
            setShares(!shares)
          }}
        >
          Share the session with new tabs
        </MenuCheck>
      </MenuGroup>
      <MenuGroup label="Sign out when idle for">
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

type Theme = 'system' | 'light' | 'dark'

// public/theme.js reads the same stored value before the first paint.
const theme = persisted(createStore<Theme>('system'), {
  key: 'bigv-theme',
  where: 'browser',
  schema: z.enum(['light', 'dark']),
  save: (chosen) => (chosen === 'system' ? undefined : chosen),
})

theme.subscribe((chosen) => {
  if (chosen === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = chosen
})

const setTheme = theme.set
const useTheme = theme.use
