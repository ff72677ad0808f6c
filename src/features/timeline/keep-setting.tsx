import { useState } from 'react'
import { forgetSeen, keepSeen, useKeepsSeen, useSeenWritten } from '../../operations/activity/seen/store.ts'
import { KEPT_DAYS } from '../../operations/activity/seen/stored.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SwitchField } from '../../ui/fields/checkbox.tsx'

/** Whether timelines are kept on this computer, and how to forget them. */
export function KeepSetting() {
  const keeps = useKeepsSeen()
  const written = useSeenWritten()
  const [asks, setAsks] = useState<'forget' | 'turn off' | null>(null)
  return (
    <div className="grid justify-items-start gap-2">
      <SwitchField
        label={`Keep ${KEPT_DAYS} days of timelines on this computer`}
        hint={
          keeps
            ? 'For you only, at most 1 MB, also after you sign out. The oldest part goes first.'
            : 'Timelines are kept until you sign out or close this tab.'
        }
        checked={keeps}
        onChange={(event) => (event.currentTarget.checked ? keepSeen(true) : setAsks('turn off'))}
      />
      {keeps && !written && (
        <p role="alert" className="text-danger">
          Not stored: this browser’s storage is full or blocked. Timelines stay until you close this tab.
        </p>
      )}
      {keeps && <Button onClick={() => setAsks('forget')}>Forget on this computer</Button>}
      {asks !== null && (
        <Dialog
          alert
          width="small"
          title="Forget timelines on this computer?"
          description={
            asks === 'forget'
              ? 'What was seen until now is deleted, in all your tabs. Keeping goes on.'
              : 'What is stored is deleted. This tab keeps what it has seen until you close it.'
          }
          onClose={() => setAsks(null)}
          footer={
            <>
              <Button onClick={() => setAsks(null)}>Cancel</Button>
              <Button
                variant="danger"
                onClick={() => {
                  if (asks === 'forget') forgetSeen()
                  else keepSeen(false)
                  setAsks(null)
                }}
              >
                Forget
              </Button>
            </>
          }
        />
      )}
    </div>
  )
}
