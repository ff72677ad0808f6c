import { downloadText } from '../../lib/download.ts'
import { observedChanges } from '../../operations/activity/store.ts'
import { plans } from '../../operations/plans/store.ts'
import { activityText } from '../../operations/activity/record.ts'
import { operations } from '../../operations/store.ts'
import { Button } from '../../ui/button.tsx'

/** Saves all that the activity holds as a file. */
export function ExportActivity({ empty }: { empty: boolean }) {
  return (
    <Button
      disabledReason={empty ? 'Nothing was done yet.' : null}
      onClick={() =>
        downloadText(
          'bigv-activity.json',
          activityText(operations(), observedChanges(), plans()),
          'application/json',
        )
      }
    >
      Export as JSON
    </Button>
  )
}
