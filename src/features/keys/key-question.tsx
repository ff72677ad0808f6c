import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { CheckboxField } from '../../ui/fields/checkbox.tsx'
import { unasked, type KeyQuestion } from './question.ts'

/** Asks before a combination is sent that may restart the machine. */
export function KeyQuestionDialog({
  id,
  machine,
  combination,
  onSend,
  onClose,
}: KeyQuestion & { onClose: () => void }) {
  const [never, setNever] = useState(false)
  const send = () => {
    if (never) unasked.set((all) => [...all.filter((each) => each !== id), id])
    onClose()
    onSend()
  }
  return (
    <Dialog
      alert
      width="small"
      onClose={onClose}
      title={`Send ${combination} to ${machine}?`}
      description={
        <>
          <span>{machine} may restart at once.</span> <strong>Unsaved data may be lost.</strong>
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="confirm-danger" onClick={send}>
            Send
          </Button>
        </>
      }
    >
      <CheckboxField
        label="Don’t ask again for this machine in this tab"
        checked={never}
        onChange={(event) => setNever(event.currentTarget.checked)}
      />
    </Dialog>
  )
}
