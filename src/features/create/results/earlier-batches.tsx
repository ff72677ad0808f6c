import { Link, useSearchParams } from 'react-router'
import { links, type GroupRef } from '../../../lib/links.ts'
import { itemState, statesInWords } from '../../../operations/batch/create-run-state.ts'
import { removeRun, useCreateRuns } from '../../../operations/batch/create-runs.ts'
import { useOperations } from '../../../operations/use-operations.ts'
import { buttonClass } from '../../../ui/button-class.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { machinesInWords } from '../words.ts'

/** The runs of this group that are still going, or have not been put away, with the way to their results. */
export function EarlierRuns({ group }: { group: GroupRef }) {
  const shown = useSearchParams()[0].get('run')
  const runs = useCreateRuns().filter(
    (run) => run.account === group.account && run.group === group.group && run.key !== shown,
  )
  const operations = useOperations()
  return runs.map((run) => {
    const states = run.items.map((item) =>
      itemState(
        item,
        run,
        operations.find(({ key }) => key === item.operation),
      ),
    )
    return (
      <Notice
        key={run.key}
        className="mt-3"
        actions={
          <>
            <Link to={`${links.create(group)}?run=${run.key}`} className={buttonClass()}>
              Show
            </Link>
            {!run.going && (
              <Button variant="quiet" onClick={() => removeRun(run.key)}>
                Put away
              </Button>
            )}
          </>
        }
      >
        {machinesInWords(run.items.length)} asked for in one go: {statesInWords(states)}.
      </Notice>
    )
  })
}
