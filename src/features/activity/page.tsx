import History from 'lucide-react/icons/rotate-ccw-clock'
import { useSearchParams } from 'react-router'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import { MOST_CHANGES } from '../../operations/activity/changes-elsewhere/store.ts'
import { MOST_ENDED } from '../../operations/store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Segmented } from '../../ui/fields/radio-group.tsx'
import { KeepSetting } from '../timeline/keep-setting.tsx'
import { ActivityList } from './activity-list.tsx'
import { ExportActivity } from './copy-and-export.tsx'
import { STATUSES, statusNamed, useTimeline, type Kind, type Status } from './timeline.ts'

/** Every operation and plan of this session, and every change made elsewhere, newest first. */
export function Component() {
  const entries = useTimeline()
  const [params, setParams] = useSearchParams()
  const named = params.get('outcome')
  const chosen: Kind | null = named === 'seen' ? named : statusNamed(named)
  const shown = entries.filter(({ kind }) => chosen === null || kind === chosen)
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
        <ExportActivity empty={entries.length === 0} />
      </div>
      <p className="mt-1 text-xs text-muted">
        Running actions, the last {MOST_ENDED} that ended, and the last {MOST_CHANGES} changes made elsewhere.
        Cleared when you sign out or close this tab.
      </p>
      <div className="mt-3">
        <KeepSetting />
      </div>
      {entries.length > 0 && (
        <Segmented
          label="Outcome"
          className="my-4"
          value={chosen ?? 'all'}
          onChange={choose}
          options={[
            { value: 'all', label: 'All', count: entries.length },
            ...filters(
              entries.map(({ kind }) => kind),
              chosen,
            ),
          ]}
        />
      )}
      {entries.length === 0 ? (
        <EmptyState icon={<History size={32} />} title="No activity yet">
          Lists your changes with their requests and BigV’s answers. Changes made elsewhere are listed without
          requests. Passwords and other secrets are left out.
        </EmptyState>
      ) : (
        shown.length === 0 && <EmptyState title="No activity with this outcome" />
      )}
      <ActivityList entries={shown} heading="h2" />
    </>
  )
}

/** The filters to offer, with counts: every kind that is in the list, and the chosen kind. */
function filters(kinds: readonly Kind[], chosen: Kind | null) {
  const all: Kind[] = [...(Object.keys(STATUSES) as Status[]), 'seen']
  return all.flatMap((value) => {
    const count = kinds.filter((each) => each === value).length
    const label = value === 'seen' ? 'Changed elsewhere' : STATUSES[value].label
    return count > 0 || value === chosen ? [{ value, label, count }] : []
  })
}
