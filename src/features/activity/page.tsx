import History from 'lucide-react/icons/rotate-ccw-clock'
import { useSearchParams } from 'react-router'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import { useSetParameter } from '../../components/page/set-parameter.ts'
import { useSearch } from '../../components/page/use-search.ts'
import { MOST_CHANGES } from '../../operations/activity/changes-elsewhere/store.ts'
import { isFound } from '../../operations/activity/entry-line.ts'
import { facetNamed, facetsOf, isIn, useTimeline, type Facet } from '../../operations/activity/timeline.ts'
import { MOST_ENDED } from '../../operations/store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Segmented } from '../../ui/fields/radio-group.tsx'
import { KeepSetting } from '../timeline/keep-setting.tsx'
import { ActivityList } from './activity-list.tsx'
import { ExportActivity } from './copy-and-export.tsx'

/** Every operation and plan of this session, and every change made elsewhere, newest first. */
export function Component() {
  const entries = useTimeline()
  const [params] = useSearchParams()
  const { query, type, set } = useSearch()
  const chosen = facetNamed(params.get('outcome'))
  const shown = entries.filter((entry) => isIn(entry, chosen) && isFound(entry, query))
  const setParameter = useSetParameter()
  const choose = (facet: Facet) => setParameter('outcome', facet === 'all' ? null : facet)

  return (
    <>
      <PageTitle parts={['Activity']} />
      <div className="mb-3 flex flex-wrap items-end gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1">
          <p className="mb-1 text-xs text-muted">This browser tab, since you signed in</p>
          <PageHeading>Activity</PageHeading>
        </div>
        <ExportActivity empty={entries.length === 0} />
      </div>
      {entries.length === 0 ? (
        <EmptyState icon={<History size={32} />} title="No activity yet">
          Lists your changes with their requests and BigV’s answers. Changes made elsewhere are listed without
          requests. Passwords and other secrets are left out.
        </EmptyState>
      ) : (
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <Segmented label="Outcome" value={chosen} onChange={choose} options={facetsOf(entries, chosen)} />
          <input
            type="search"
            aria-label="Search the activity"
            placeholder="Machine or action"
            value={query}
            onChange={(event) => type(event.target.value)}
            className="control min-w-0 flex-1 basis-48 print:hidden"
          />
        </div>
      )}
      {entries.length > 0 && shown.length === 0 && (
        <EmptyState
          title={query.trim() === '' ? 'No activity with this outcome' : 'No matching activity'}
          actions={query !== '' && <Button onClick={() => set('')}>Clear search</Button>}
        />
      )}
      <ActivityList entries={shown} heading="h2" />
      {entries.length > 0 && (
        <p className="mt-2.5 text-xs text-muted">
          Running actions, the last {MOST_ENDED} that ended, and the last {MOST_CHANGES} changes made
          elsewhere. Cleared when you sign out or close this tab.
        </p>
      )}
      <div className="mt-4">
        <KeepSetting />
      </div>
    </>
  )
}
