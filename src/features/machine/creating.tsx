import { NewPassword } from '../../components/new-password.tsx'
import { Elapsed } from '../../components/elapsed.tsx'
import { PageHeading } from '../../components/page/page-heading.tsx'
import { PageTitle } from '../../components/page/page-title.tsx'
import type { GroupRef } from '../../lib/links.ts'
import type { Operation } from '../../operations/operation.ts'

/** A machine that BigV has accepted and does not show yet. */
export function Creating({ operation, group }: { operation: Operation; group: GroupRef }) {
  return (
    <>
      <PageTitle parts={[operation.target.name, group.group]} />
      <PageHeading>{operation.target.name}</PageHeading>
      <p role="status" className="mt-2 flex items-center gap-1.5 font-medium text-accent">
        <span aria-hidden className="mark-moving" /> Creating…
        <span className="text-xs font-normal text-muted">
          <Elapsed since={operation.begunAt} />
        </span>
      </p>
      <p className="mt-2 text-muted">
        BigV has accepted it and does not show it yet. This page looks for it.
      </p>
      <NewPassword group={group} name={operation.target.name} />
    </>
  )
}
