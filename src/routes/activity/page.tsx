import { History } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { PageHeading } from '../../components/shell/page-heading.tsx'
import { PageTitle } from '../../components/shell/page-title.tsx'
import { downloadText } from '../../lib/download.ts'
import { recordText } from '../../operations/record.ts'
import { useOperations } from '../../operations/use-operations.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Entry } from './entry.tsx'
import { STANDINGS, standingNamed, standingOf, type Standing } from './outcomes.ts'

/** Every change of this session, newest first: what was asked, what was sent, and what came of it. */
export function Component() {
  const operations = useOperations()
  const [params, setParams] = useSearchParams()
  const chosen = standingNamed(params.get('outcome'))
  const shown = operations.filter((each) => chosen === null || standingOf(each) === chosen).toReversed()
  const choose = (value: Standing | 'all') =>
    setParams(value === 'all' ? {} : { outcome: value }, { replace: true, preventScrollReset: true })

  return (
    <>
      <PageTitle parts={['Activity']} />
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1">
          <p className="mb-1 text-xs text-muted">This session, in this tab</p>
          <PageHeading>Activity</PageHeading>
        </div>
        <Button
          refusal={operations.length === 0 ? 'Nothing was done yet.' : null}
          onClick={() => downloadText('bigv-activity.json', recordText(operations), 'application/json')}
        >
          Export as JSON
        </Button>
      </div>
      {operations.length > 0 && (
        <Segmented
          label="Outcome"
          className="my-4"
          value={chosen ?? 'all'}
          onChange={choose}
          options={[
            { value: 'all', label: 'All', count: operations.length },
            ...filters(operations.map(standingOf), chosen),
          ]}
        />
      )}
      {operations.length === 0 ? (
        <EmptyState icon={<History size={32} />} title="Nothing was changed yet">
          Whatever you start, stop, create or change appears here, with the requests that were sent and what
          BigV answered. Passwords and other secrets do not. It is forgotten when you sign out or close the
          tab.
        </EmptyState>
      ) : (
        shown.length === 0 && <EmptyState title="None with this outcome" />
      )}
      <ol aria-label="Operations" className="grid gap-3">
        {shown.map((operation) => (
          <Entry key={operation.key} operation={operation} />
        ))}
      </ol>
    </>
  )
}

/** Those that there are, and the one that is chosen, with how many of each. */
function filters(standings: readonly Standing[], chosen: Standing | null) {
  return (Object.keys(STANDINGS) as Standing[]).flatMap((value) => {
    const count = standings.filter((each) => each === value).length
    return count > 0 || value === chosen ? [{ value, label: STANDINGS[value].label, count }] : []
  })
}
