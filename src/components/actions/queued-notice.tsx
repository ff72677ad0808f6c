import type { Operation } from '../../operations/operation.ts'
import { cancelQueued } from '../../operations/send.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

/** An operation that waits until fewer writes are on their way (src/api/write-places.ts), with a button to cancel it. */
export function QueuedNotice({ operation: { key, label, otherTab } }: { operation: Operation }) {
  return (
    <Notice
      role="status"
      title={`Queued: ${label}`}
      actions={
        <Button
          disabledReason={otherTab ? 'Another tab is sending this. Cancel it there.' : null}
          onClick={() => cancelQueued(key)}
        >
          Cancel request
        </Button>
      }
    >
      Waits until BigV has answered earlier requests.
    </Notice>
  )
}
