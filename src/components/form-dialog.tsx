import { useId, type ReactNode } from 'react'
import type { PlannedRequest } from '../operations/operation.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FormError } from '../ui/notice.tsx'
import { RequestPreview } from './actions/request-preview.tsx'

/** Why nothing came of what a form asked for. */
export interface FormFailure {
  title: string
  text: string
  /** What to pass on: method, path, status, duration. */
  details?: string | undefined
}

interface Props {
  title: string
  description?: string | undefined
  /** What the button that sends is called. */
  label: string
  /** Whether something is lost by it. */
  danger?: boolean
  /** Why it cannot be sent now, or null. */
  disabledReason: string | null
  sending: boolean
  /** Whether it stays open while it is being sent; an operation on a machine goes on without its form. */
  held?: boolean
  failure: FormFailure | null
  /** What will be sent, where that is known yet. */
  requests: readonly PlannedRequest[]
  onSubmit: () => unknown
  onClose: () => void
  children: ReactNode
}

/** A form that asks for a change in a dialog: its fields, why nothing came of it, what will be sent, and the buttons. */
export function FormDialog({
  title,
  description,
  label,
  danger = false,
  disabledReason,
  sending,
  held = false,
  failure,
  requests,
  onSubmit,
  onClose,
  children,
}: Props) {
  const form = useId()
  const kept = held && sending
  return (
    <Dialog
      open
      alert
      dismissible={!kept}
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      footer={
        <>
          <Button disabledReason={kept ? 'It is being sent.' : null} onClick={onClose}>
            {sending && !held ? 'Close' : 'Cancel'}
          </Button>
          <Button
            type="submit"
            form={form}
            variant={danger ? 'danger' : 'primary'}
            disabledReason={disabledReason}
            pending={sending}
          >
            {label}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="grid gap-3.5"
        onSubmit={(event) => {
          event.preventDefault()
          if (disabledReason === null && !sending) onSubmit()
        }}
      >
        {children}
        {failure && <FormError title={failure.title} text={failure.text} details={failure.details} />}
        {requests.length > 0 && <RequestPreview requests={requests} />}
      </form>
    </Dialog>
  )
}
