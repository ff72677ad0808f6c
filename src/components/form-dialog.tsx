import { useId, type ReactNode } from 'react'
import type { FieldErrors } from '../api/errors.ts'
import type { Operation, PlannedRequest } from '../operations/operation.ts'
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
  /** Of the button that sends. */
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

/** What BigV says of an attribute, to be shown at its field. */
export function errorsFromBigV(
  failure: { fields: FieldErrors } | null,
  attribute: string,
  unit?: string,
): readonly string[] | undefined {
  const says = unit ? `BigV says, in ${unit}` : 'BigV says'
  return failure?.fields[attribute]?.map((message) => `${says}: ${message}`)
}

/** What is wrong with a field: what the form finds itself (`problem`), or else what BigV says of the attribute, in its unit. */
type FieldErrorsOf = (
  attribute: string,
  problem?: string | null,
  unit?: string,
) => readonly string[] | undefined

interface ActionProps<Params> extends Pick<Props, 'title' | 'description' | 'label' | 'danger' | 'onClose'> {
  /** The action on a machine, as `useAction` returns it. */
  action: {
    mutate: (params: Params, options: { onSuccess: (ended: Operation) => void }) => void
    requests: (params: Params) => readonly PlannedRequest[]
    isPending: boolean
    error: (FormFailure & { fields: FieldErrors }) | null
    disabledReason: string | null
  }
  /** What will be sent, and is previewed; null while the form has no answer to that. */
  params: Params | null
  /** Why the form cannot be sent as it is filled in, or null. */
  problem?: string | null
  /** Called when the operation is seen to be done; closes the dialog by default. */
  onDone?: (ended: Operation) => void
  children: ReactNode | ((errorsOf: FieldErrorsOf) => ReactNode)
}

/** A form for an action on a machine. It stays open, with what was typed, until the operation is done. */
export function ActionDialog<Params>({
  action: { mutate, requests, isPending, error, disabledReason },
  params,
  problem = null,
  onDone,
  children,
  ...dialog
}: ActionProps<Params>) {
  // While it is sent, what the form finds may be its own doing: a disc's label is taken, by the disc that it has added.
  const errorsOf: FieldErrorsOf = (attribute, found = null, unit) =>
    found !== null && !isPending ? [found] : errorsFromBigV(error, attribute, unit)
  return (
    <FormDialog
      {...dialog}
      disabledReason={isPending ? null : (disabledReason ?? problem)}
      sending={isPending}
      failure={error}
      requests={params === null ? [] : requests(params)}
      onSubmit={() => params !== null && mutate(params, { onSuccess: onDone ?? dialog.onClose })}
    >
      {typeof children === 'function' ? children(errorsOf) : children}
    </FormDialog>
  )
}
