import { useQuery } from '@tanstack/react-query'
import { Fragment, useId, useState, type ReactNode } from 'react'
import { Navigate, NavLink, Outlet, useLocation, useNavigate, useParams } from 'react-router'
import { accountQueries, type Account } from '../../api/accounts.ts'
import { Confirmations } from '../../components/actions/confirm.tsx'
import { useGroups } from '../../components/groups.tsx'
import { useQueryState } from '../../components/page/freshness.tsx'
import { closeRowDialog, rowDialog } from '../../features/machine-list/table/row-dialog.ts'
import { KeyQuestions } from '../../features/keys/ask-once.tsx'
import { links } from '../../lib/links.ts'
import { findCalled, segmentOf } from '../../lib/names.ts'
import { useRunningCount } from '../../operations/running.ts'
import type { Credentials } from '../../session/credentials.ts'
import { useSession } from '../../session/session.ts'
import { signOutEverywhere } from '../../session/tabs.ts'
import { Button } from '../../ui/button.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PaletteHost } from '../palette/open-palette.tsx'
import { useGroupCounts } from './group-counts.ts'
import { Header } from './header.tsx'
import { NumberInUrl } from './number-in-url.tsx'
import { PrintHeader } from './print-header.tsx'
import { SideColumn } from './side-column.tsx'

/** The frame of every page behind the sign-in. */
export function Shell() {
  const { credentials, signedOut } = useSession()
  const { account } = useParams()
  const location = useLocation()
  const navigate = useNavigate()
  if (credentials === null) {
    const here = location.pathname + location.search
    return <Navigate replace to={signedOut || here === '/' ? links.signIn() : links.signIn(here)} />
  }
  const shown = account ?? credentials.account
  const signOut = () => {
    signOutEverywhere()
    void navigate(links.signIn())
  }
  return (
    // New components for each user, so that nothing of the previous user's stays on the page.
    <Fragment key={credentials.username}>
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-surface p-2 focus:not-sr-only focus:fixed focus:top-1 focus:left-1"
      >
        Skip to content
      </a>
      <Header account={shown} onSignOut={signOut} />
      <PrintHeader account={shown} />
      <div className="min-h-[calc(100dvh-3rem)] print:block print:min-h-0 md:grid md:grid-cols-[13.5rem_minmax(0,1fr)]">
        <Sidebar account={shown} />
        <main id="main" className="w-full min-w-0 px-3.5 pt-1 pb-4 sm:px-6 md:py-5 print:p-0">
          <SignInState onSignOut={signOut} />
          {account !== undefined && <SuspendedBanner account={account} />}
          <NumberInUrl>
            <Outlet />
          </NumberInUrl>
        </main>
      </div>
      <Confirmations />
      <RowDialogs />
      <KeyQuestions />
      <PaletteHost account={shown} />
    </Fragment>
  )
}

const OpenRowDialog = lazyComponent(
  async () => (await import('../../features/machine-list/table/row-dialogs.tsx')).OpenRowDialog,
  { onDemand: true },
)

/** The dialogs that rows of lists open: Re-image, rescue and moving to another group. */
function RowDialogs() {
  const shown = rowDialog.use()
  return (
    shown && (
      <OpenRowDialog key={`${shown.kind} ${shown.machine.vm.id}`} {...shown} onClose={closeRowDialog} />
    )
  )
}

const SUSPENDED_EVERY_MS = 5 * 60_000

/** Shown when the account is suspended. `account` is its name or id, from the URL. */
function SuspendedBanner({ account }: { account: string }) {
  const list = useQuery({ ...accountQueries.list(), refetchInterval: SUSPENDED_EVERY_MS })
  // The overview page fetches the account every few seconds, so its answer may be newer.
  const overview = useQueryState(accountQueries.overview(account).queryKey, (state) => state)
  const overviewed = overview?.data as Account | undefined
  const listed = findCalled(list.data, account)
  const newest = (overview?.dataUpdatedAt ?? 0) > list.dataUpdatedAt ? overviewed : (listed ?? overviewed)
  if (!newest?.suspended) return null
  return (
    <Notice tone="warn" role="status" title={`The account ${newest.name} is suspended`} className="mb-4">
      BigV may refuse your requests. If it does, contact the cluster’s administrators.
    </Notice>
  )
}

const SignInAgain = lazyComponent(async () => (await import('./sign-in-again.tsx')).SignInAgain)

/** When the session has expired, asks the user to sign in again. If they decline, a notice says that the page is out of date. */
function SignInState({ onSignOut }: { onSignOut: () => void }) {
  const { credentials, expired, locked, remembered } = useSession()
  const [declined, setDeclined] = useState<Credentials | null>(null)
  if (credentials === null || !expired) return null
  if (declined === credentials) {
    return (
      <Notice
        tone="warn"
        role="alert"
        className="mb-4"
        title="You’re no longer signed in"
        actions={
          <Button variant="primary" onClick={() => setDeclined(null)}>
            Sign in again
          </Button>
        }
      >
        This page is out of date, and you can’t make changes.
      </Notice>
    )
  }
  return (
    <SignInAgain
      why={locked ? 'locked' : 'expired'}
      credentials={credentials}
      remembered={remembered}
      onClose={() => setDeclined(credentials)}
      onSignOut={onSignOut}
    />
  )
}

const FetchCounts = lazyComponent(async () => (await import('./fetch-counts.tsx')).FetchCounts)

function Sidebar({ account }: { account: string }) {
  const groups = useGroups(account)
  const counts = useGroupCounts(account, groups.map(segmentOf))
  const known = counts.reduce((sum, each) => sum + (each?.machines ?? 0), 0)
  const isComplete = counts.length > 0 && counts.every((each) => each !== undefined)
  const running = useRunningCount()
  return (
    <SideColumn className="border-r border-line bg-surface">
      <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto px-2.5 py-4 max-md:hidden">
        <Section title="Account">
          <PageLink to={links.account(account)} end>
            Overview
          </PageLink>
          <PageLink
            to={links.allMachines(account)}
            count={isComplete ? String(known) : undefined}
            counted={`${known} in all`}
          >
            All machines
          </PageLink>
        </Section>
        <Section title="Groups">
          {groups.map((group, at) => {
            const { running, machines } = counts[at] ?? {}
            const short = machines === undefined ? undefined : machines === 0 ? '0' : `${running}/${machines}`
            return (
              <PageLink
                key={group.id}
                to={links.machines({ account, group: segmentOf(group) })}
                translate="no"
                count={short}
                counted={`${running} of ${machines} on`}
              >
                {group.name}
              </PageLink>
            )
          })}
          {groups.length > 1 && <FetchCounts key={account} account={account} known={known} />}
        </Section>
        <Section title="You">
          <PageLink to={links.activity()}>
            <span className="flex-1">Activity</span>
            {running > 0 && <span className="text-xs font-normal text-muted">{running} in progress</span>}
          </PageLink>
          <PageLink to={links.keys()}>SSH keys</PageLink>
          <PageLink to={links.privileges()}>Your access</PageLink>
        </Section>
        <Section title="Reference">
          <PageLink to={links.platform()}>Platform</PageLink>
        </Section>
      </div>
    </SideColumn>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <nav aria-label={title}>
      <h2 className="px-2.5 pb-1.5 text-2xs font-semibold tracking-wider text-muted uppercase">{title}</h2>
      {children}
    </nav>
  )
}

interface LinkProps {
  to: string
  end?: boolean
  translate?: 'no'
  /** How many machines the page has, in short and in words; undefined if not known. */
  count?: string | undefined
  counted?: string
  children: ReactNode
}

function PageLink({ count, counted, ...props }: LinkProps) {
  const id = useId()
  return (
    <div className="relative">
      <NavLink
        {...props}
        aria-describedby={count === undefined ? undefined : id}
        className={({ isActive }) =>
          `flex items-center gap-2 rounded-md px-2.5 py-1.5 wrap-anywhere ${count === undefined ? '' : count.length > 7 ? 'pr-24' : 'pr-16'} ${isActive ? 'bg-accent-soft font-semibold text-accent' : 'hover:bg-raised'}`
        }
      />
      {/* Beside the link, so that its name stays the group's. */}
      {count !== undefined && (
        <>
          <span
            aria-hidden
            title={counted}
            className="pointer-events-none absolute top-2 right-2.5 text-xs text-muted"
          >
            {count}
          </span>
          <span id={id} hidden>
            {counted}
          </span>
        </>
      )}
    </div>
  )
}
