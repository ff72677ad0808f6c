import { useId, type ReactNode } from 'react'
import type { FieldErrors } from '../api/errors.ts'
import type { Operation, PlannedRequest } from '../operations/operation.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Form } from '../ui/fields/field.tsx'
import { FormError } from '../ui/notice.tsx'
import type { PlannedOperation } from './actions/copy-as.tsx'
import { QueuedNotice } from './actions/queued-notice.tsx'
import { RequestPreview } from './actions/request-preview.tsx'
import type { Draft } from './use-draft.ts'

interface FormFailure {
  title: string
  text: string
  /** Details for a bug report: method, path, status, duration. */
  details?: string | undefined
}

interface Props {
  title: string
  description?: string | undefined
  label: string
  /** True if sending the form loses data. */
  danger?: boolean
  /** Why the form cannot be sent now, or null. */
  disabledReason: string | null
  sending: boolean
  /** The form's own operation while it is queued, or null. */
  queued: Operation | null
  /**
   * True if the dialog cannot be closed while the request is being sent. Dialogs for actions on machines can be closed, and the operation
   * continues.
   */
  staysOpen?: boolean
  failure: FormFailure | null
  requests: readonly PlannedRequest[]
  planned?: PlannedOperation | undefined
  onSubmit: () => unknown
  onClose: () => void
  children: ReactNode
}

/** A form in a dialog, with its error, its requests and its buttons. */
function FormDialog({
  title,
  description,
  label,
  danger = false,
  disabledReason,
  sending,
  queued,
  staysOpen = false,
  failure,
  requests,
  planned,
  onSubmit,
  onClose,
  children,
}: Props) {
  const form = useId()
  const locked = staysOpen && sending
  return (
    <Dialog
      form
      alert={danger}
      dismissible={!locked}
      onClose={onClose}
      title={title}
      description={description}
      footer={
        <>
          <Button disabledReason={locked ? 'The request is being sent.' : null} onClick={onClose}>
            {sending && !staysOpen ? 'Close' : 'Cancel'}
          </Button>
          <Button
            type="submit"
            form={form}
            variant={danger ? 'confirm-danger' : 'primary'}
            disabledReason={disabledReason}
            pending={sending}
          >
            {label}
          </Button>
        </>
      }
    >
      <Form
        id={form}
        className="grid gap-3.5"
        onSubmit={() => {
          if (disabledReason === null && !sending) onSubmit()
        }}
      >
        {children}
        {queued && <QueuedNotice operation={queued} />}
        {failure && <FormError title={failure.title} text={failure.text} details={failure.details} />}
        {requests.length > 0 && <RequestPreview requests={requests} operation={planned} />}
      </Form>
    </Dialog>
  )
}

interface SaveCallbacks<Result = void> {
  onSuccess: (result: Result) => void
  onSettled?: () => void
}

interface ResourceDialogProps extends Pick<
  Props,
  'title' | 'description' | 'label' | 'danger' | 'onClose' | 'children'
> {
  /** The action, as `useResourceAction` returns it. */
  change: Pick<Props, 'requests' | 'disabledReason' | 'queued'> & {
    mutate: (options: SaveCallbacks) => void
    isPending: boolean
    error: FormFailure | null
  }
  problem?: string | null
  /** The fields' draft, if they are filled in from current values. */
  draft?: Draft
  /** By default, sends the change. Forms that first check their input pass their own function. */
  onSubmit?: () => void
  /** Null if the form shows errors itself. */
  failure?: null
}

/** A form for an action on a group, a privilege or a user's keys. The dialog cannot be closed while the request is being sent. */
export function ResourceDialog({ change, problem = null, draft, ...dialog }: ResourceDialogProps) {
  return (
    <FormDialog
      disabledReason={change.disabledReason ?? problem}
      sending={change.isPending}
      queued={change.queued}
      staysOpen
      failure={change.error}
      requests={change.requests}
      onSubmit={() => change.mutate({ ...draft?.saving(), onSuccess: dialog.onClose })}
      {...dialog}
    />
  )
}

/** BigV's errors for an attribute, to show at its field. */
export function errorsFromBigV(
  failure: { fields: FieldErrors } | null,
  attribute: string,
  unit?: string,
): readonly string[] | undefined {
  const said = unit ? `BigV said (in ${unit})` : 'BigV said'
  return failure?.fields[attribute]?.map((message) => `${said}: ${message}`)
}

/** The errors of a field: the form's own (`problem`), otherwise BigV's. `unit` is the unit of the sizes in BigV's messages. */
type FieldErrorsOf = (
  attribute: string,
  problem?: string | null,
  unit?: string,
) => readonly string[] | undefined

interface ActionProps<Params> extends Pick<Props, 'title' | 'description' | 'label' | 'danger' | 'onClose'> {
  /** The action on a machine, as `useAction` returns it. */
  action: {
    mutate: (params: Params, options: SaveCallbacks<Operation>) => void
    requests: (params: Params) => readonly PlannedRequest[]
    planned?: PlannedOperation
    isPending: boolean
    queued: Operation | null
    error: (FormFailure & { fields: FieldErrors }) | null
    disabledReason: string | null
  }
  /** The params to send and preview; null while the form is invalid. */
  params: Params | null
  /** The problem with the input, or null. */
  problem?: string | null
  /** The fields' draft, if they are filled in from current values. */
  draft?: Draft
  /** Called when the operation is done; closes the dialog by default. */
  onDone?: (ended: Operation) => void
  children: ReactNode | ((errorsOf: FieldErrorsOf) => ReactNode)
}

/** A form for an action on a machine. The dialog stays open, with the input, until the operation is done. */
export function ActionDialog<Params>({
  action: { mutate, requests, planned, isPending, queued, error, disabledReason },
  params,
  problem = null,
  draft,
  onDone,
  children,
  ...dialog
}: ActionProps<Params>) {
  // While the request is being sent, the form's own change may look like a problem. For example, the new disc's label is in use by then.
  const errorsOf: FieldErrorsOf = (attribute, found = null, unit) =>
    found !== null && !isPending ? [found] : errorsFromBigV(error, attribute, unit)
  return (
    <FormDialog
      {...dialog}
      disabledReason={isPending ? null : (disabledReason ?? problem)}
      sending={isPending}
      queued={queued}
      failure={error}
      requests={params === null ? [] : requests(params)}
      planned={planned}
      onSubmit={() =>
        params !== null && mutate(params, { ...draft?.saving(), onSuccess: onDone ?? dialog.onClose })
      }
    >
      {typeof children === 'function' ? children(errorsOf) : children}
    </FormDialog>
  )
}
