import { History } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { ExportActivity } from './export-activity.tsx'
import { Moments } from './moments.tsx'
import { STANDINGS, standingNamed, type Standing } from './outcomes.ts'
import type { Kind } from './timeline.ts'
import { useTimeline } from './use-timeline.ts'
import { PageHeading } from '../../components/page/page-heading.tsx'
import { PageTitle } from '../../components/page/page-title.tsx'
import { KEPT_OBSERVED } from '../../operations/activity/store.ts'
import { KEPT_ENDED } from '../../operations/store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Segmented } from '../../ui/fields/radio-group.tsx'

/** Every change of this session, newest first: what was asked, what was sent, and what came of it; and what was seen to change. */
export function Component() {
  const moments = useTimeline()
  const [params, setParams] = useSearchParams()
  const named = params.get('outcome')
  const chosen: Kind | null = named === 'seen' ? named : standingNamed(named)
  const shown = moments.filter(({ kind }) => chosen === null || kind === chosen)
  const choose = (value: Kind | 'all') =>
    setParams(value === 'all' ? {} : { outcome: value }, { replace: true, preventScrollReset: true })

  return (
    <>
      <PageTitle parts={['Activity']} />
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1">
          <p className="mb-1 text-xs text-muted">This session, in this tab</p>
          <PageHeading>Activity</PageHeading>
        </div>
        <ExportActivity empty={moments.length === 0} />
      </div>
      <p className="mt-1 text-xs text-muted">
        Holds what is running, the last {KEPT_ENDED} operations that ended, and the last {KEPT_OBSERVED}{' '}
        changes that were seen to come from elsewhere, until you sign out or close the tab.
      </p>
      {moments.length > 0 && (
        <Segmented
          label="Outcome"
          className="my-4"
          value={chosen ?? 'all'}
          onChange={choose}
          options={[
            { value: 'all', label: 'All', count: moments.length },
            ...filters(
              moments.map(({ kind }) => kind),
              chosen,
            ),
          ]}
        />
      )}
      {moments.length === 0 ? (
        <EmptyState icon={<History size={32} />} title="Nothing was changed yet">
          Whatever you start, stop, create or change appears here, with the requests that were sent and what
          BigV answered; and what is seen to change elsewhere. Passwords and other secrets do not.
        </EmptyState>
      ) : (
        shown.length === 0 && <EmptyState title="None with this outcome" />
      )}
      <Moments moments={shown} />
    </>
  )
}

/** Those that there are, and the one that is chosen, with how many of each. */
function filters(kinds: readonly Kind[], chosen: Kind | null) {
  const all: Kind[] = [...(Object.keys(STANDINGS) as Standing[]), 'seen']
  return all.flatMap((value) => {
    const count = kinds.filter((each) => each === value).length
    const label = value === 'seen' ? 'Seen' : STANDINGS[value].label
    return count > 0 || value === chosen ? [{ value, label, count }] : []
  })
}
