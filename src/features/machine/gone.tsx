import { Link } from 'react-router'
import { PageHeading } from '../../components/page/page-heading.tsx'
import { PageTitle } from '../../components/page/page-title.tsx'
import { links, type GroupRef } from '../../lib/links.ts'
import { formatClock } from '../../lib/times.ts'
import type { Operation } from '../../operations/operation.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

/** The machine was purged here, and that was seen to be done: no failure, so the page says no more than that. */
export function Gone({ group, purge }: { group: GroupRef; purge: Operation }) {
  const { target, endedAt } = purge
  return (
    <>
      <PageTitle parts={[target.name, group.group]} />
      <PageHeading>{target.name}</PageHeading>
      <Notice
        role="status"
        className="mt-4"
        title={`${target.name} is gone for good`}
        actions={
          <Link to={links.machines(group)} className={buttonClass()}>
            <span className="truncate">All machines of {group.group}</span>
          </Link>
        }
      >
        It was purged{endedAt === null ? '' : ` at ${formatClock(endedAt)}`}. Its name and addresses are free
        again.
      </Notice>
    </>
  )
}
