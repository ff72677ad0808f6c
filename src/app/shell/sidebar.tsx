import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { links } from '../../lib/links.ts'
import { useOperationCount } from '../../operations/use-operations.ts'
import { useGroups } from '../../components/use-groups.ts'

/** The links to groups and pages, beside the page. */
export function Sidebar({ account }: { account: string }) {
  const groups = useGroups(account)
  const changes = useOperationCount()
  return (
    <div className="border-r border-line bg-surface px-2.5 py-4 max-md:hidden">
      <div className="sticky top-16 grid max-h-[calc(100dvh-5rem)] gap-4 overflow-y-auto">
        <Section title="Account">
          <PageLink to={links.account(account)} end>
            Overview
          </PageLink>
          <PageLink to={links.allMachines(account)}>All machines</PageLink>
        </Section>
        <Section title="Groups">
          {groups.map(({ id, name }) => (
            <PageLink key={id} to={links.machines({ account, group: name })}>
              {name}
            </PageLink>
          ))}
        </Section>
        <Section title="Session">
          <PageLink to={links.activity()}>
            <span className="flex-1">Activity</span>
            {changes > 0 && <span className="text-xs font-normal text-muted">{changes}</span>}
          </PageLink>
          <PageLink to={links.platform()}>Platform</PageLink>
          <PageLink to={links.keys()}>SSH keys</PageLink>
          <PageLink to={links.privileges()}>Privileges</PageLink>
        </Section>
      </div>
    </div>
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

function PageLink({ to, end, children }: { to: string; end?: boolean; children: ReactNode }) {
  return (
    <NavLink
      to={to}
      end={end ?? false}
      className={({ isActive }) =>
        `flex items-center gap-2 rounded-md px-2.5 py-1.5 wrap-anywhere ${isActive ? 'bg-accent-soft font-semibold text-accent' : 'hover:bg-raised'}`
      }
    >
      {children}
    </NavLink>
  )
}
