import { Link, useSearchParams } from 'react-router'
import { links, type GroupRef } from '../../../lib/links.ts'
import {
  createBatches,
  itemStates,
  removeCreateBatch,
  statesInWords,
} from '../../../operations/batch/create-batches.ts'
import { useOperations } from '../../../operations/use-operations.ts'
import { buttonClass } from '../../../ui/button-class.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { machinesInWords } from '../words.ts'

/** The batches of this group that are still running, or have not been dismissed, with links to their results. */
export function EarlierBatches({ group }: { group: GroupRef }) {
  const shown = useSearchParams()[0].get('run')
  const operations = useOperations()
  const batches = createBatches
    .use()
    .filter((each) => each.account === group.account && each.group === group.group && each.key !== shown)
  return batches.map((batch) => {
    const states = itemStates(batch, operations)
    return (
      <Notice
        key={batch.key}
        className="mt-3"
        actions={
          <>
            <Link to={`${links.create(group)}?run=${batch.key}`} className={buttonClass()}>
              Show
            </Link>
            {batch.state === 'ended' && (
              <Button variant="quiet" onClick={() => removeCreateBatch(batch.key)}>
                Put away
              </Button>
            )}
          </>
        }
      >
        {machinesInWords(batch.items.length)} asked for in one go: {statesInWords(states)}.
      </Notice>
    )
  })
}
