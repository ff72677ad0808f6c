import { Link } from 'react-router'
import { isNotFound } from '../../api/query-client.ts'
import { LoadFailure } from '../../components/page/load-failure.tsx'
import { PageHeading } from '../../components/page/page-heading.tsx'
import { PageTitle } from '../../components/page/page-title.tsx'
import { links, type GroupRef } from '../../lib/links.ts'
import { buttonClass } from '../../ui/button.tsx'
import { LookElsewhere } from './look-elsewhere.tsx'
import { isId } from './use-machine-id.ts'

interface Props {
  group: GroupRef
  named: string
  error: Error
  onRetry: () => void
}

/** The machine could not be read: gone, not yours to see, or BigV does not answer. */
export function NoMachine({ group, named, error, onRetry }: Props) {
  return (
    <>
      <PageTitle parts={[named, group.group]} failed />
      <PageHeading>{named}</PageHeading>
      <div className="mt-4">
        <LoadFailure
          what={isNotFound(error) ? `A machine “${named}” in ${group.group}` : `The machine ${named}`}
          error={error}
          onRetry={onRetry}
          actions={
            <>
              <Link to={links.machines(group)} className={buttonClass()}>
                <span className="truncate">All machines of {group.group}</span>
              </Link>
              {isNotFound(error) && !isId(named) && <LookElsewhere group={group} name={named} />}
            </>
          }
        />
      </div>
    </>
  )
}
