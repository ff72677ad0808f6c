import { useMutation, type MutateOptions } from '@tanstack/react-query'
import { bind, type BoundAction, type MachineAction } from '../actions/action.ts'
import { nameOf } from '../actions/index.ts'
import type { PlannedRequest } from '../actions/requests.ts'
import { fetchFailedText, traceLine, type ApiError, type FieldErrors } from '../api/errors.ts'
import type { MachineData } from '../api/virtual-machines.ts'
import { useUnmounted } from '../lib/browser/use-unmounted.ts'
import type { GroupRef } from '../lib/links.ts'
import { useDisabledReason, useResourceDisabledReason } from './disabled-reason.ts'
import type { Operation } from './operation.ts'
import type { BoundResourceAction, ResourceActionResult } from './resource-action.ts'
import { beginOperation, type Begun } from './run.ts'
import { decidedOnFrom } from './state.ts'
import { operationEnd, useOperations, useRunning } from './store.ts'

// Forms make changes through a mutation of TanStack Query. The mutation sends through run.ts, and succeeds once a fetch shows the change.

/** A machine as a page shows it. */
interface Shown {
  group: GroupRef
  machine: MachineData
  /** The second machine, for an action on two machines. */
  other?: MachineData | undefined
  /** The data other than the machine that the form shows, if its action has `shownIn`. */
  resource?: unknown
}

/** Why a form's action wasn't done. */
export class ActionFailure extends Error {
  readonly title: string
  /** The explanation, from BigV or from a fetch. */
  readonly text: string
  /** The failed request, for the user to copy. */
  readonly details: string | undefined
  /** BigV's messages by field. */
  readonly fields: FieldErrors
  /** True if a request may have reached BigV. */
  readonly sent: boolean
  constructor(
    title: string,
    text: string,
    { details, fields = {}, sent = true }: Partial<Pick<ActionFailure, 'details' | 'fields' | 'sent'>> = {},
  ) {
    super(text)
    this.title = title
    this.text = text
    this.details = details
    this.fields = fields
    this.sent = sent
  }
}

/**
 * A form's action on a machine. If the form is closed early, the operation continues, and a toast shows its end. The mutation waits for
 * `onSettled`, which is called even after the form was closed.
 */
export function useAction<Params>(
  action: MachineAction<string, Params>,
  shown: Shown,
  onSettled?: () => Promise<void>,
) {
  const { mutate, isPending, error, reset } = useBoundAction(shown, onSettled)
  const disabledReason = useDisabledReason(shown.machine)(action)
  const running = useRunning(shown.machine.vm.id)
  return {
    mutate: (params: Params, options?: MutateOptions<Operation, ActionFailure, BoundAction>) =>
      mutate(bind(action, params), options),
    requests: (params: Params): PlannedRequest[] =>
      bind(action, params).requests(shown.group, shown.machine.vm),
    /** What the form does, for the official client's command. */
    planned: { action: nameOf(action), target: targetOf(shown) },
    isPending,
    /** The form's own operation while it is queued, or null. */
    queued: isPending && running?.phase === 'queued' ? running : null,
    error,
    reset,
    /** Why the action can't be sent now, or null. Null also while the form's own action is being sent. */
    disabledReason: isPending ? null : disabledReason,
  }
}

const targetOf = ({ group, machine: { vm } }: Shown) => ({ ...group, id: vm.id, name: vm.name })

/** Like useAction, for a form that sends one of several actions. */
export function useBoundAction({ group, machine, other, resource }: Shown, onSettled?: () => Promise<void>) {
  const closed = useUnmounted()
  return useMutation<Operation, ActionFailure, BoundAction>({
    mutationFn: async (bound) => {
      const { id, name } = machine.vm
      const decidedOn = decidedOnFrom(bound, machine, other, resource)
      const key = keyOf(await beginOperation({ bound, ref: group, id, name, decidedOn }), bound)
      return await endOf(bound.action, key, closed())
    },
    // An option of the mutation, not of `mutate`, so that it is called even if the form was closed early.
    ...(onSettled && { onSettled }),
  })
}

/**
 * A form's action on a group, a user or a privilege; null while the form is incomplete. The mutation waits for `onSettled`, which refreshes
 * the page's data.
 */
export function useResourceAction<Params>(
  bound: BoundResourceAction<Params> | null,
  onSettled?: (failure: ActionFailure | null) => Promise<void> | void,
) {
  const disabledReasonOf = useResourceDisabledReason()
  const { mutate, isPending, error, reset, variables } = useMutation<
    void,
    ActionFailure,
    BoundResourceAction<Params>
  >({
    mutationFn: async (bound) => {
      const failure = failureOf(await bound.run())
      if (failure !== null) throw failure
    },
    onSettled: (_, failure) => onSettled?.(failure),
  })
  const queued = useOperations((all) =>
    all.findLast(
      ({ phase, otherTab, action, target }) =>
        phase === 'queued' &&
        !otherTab &&
        variables !== undefined &&
        action === nameOf(variables.action) &&
        target.id === variables.target.id &&
        target.name === variables.target.name,
    ),
  )
  return {
    mutate: (options?: MutateOptions<void, ActionFailure, BoundResourceAction<Params>>) => {
      if (bound !== null) mutate(bound, options)
    },
    requests: bound?.requests ?? [],
    isPending,
    /** The form's own operation while it is queued, or null. */
    queued: (isPending && queued) || null,
    error,
    /** Clears the failure, but doesn't interrupt an action that is being sent. */
    reset: () => {
      if (error !== null) reset()
    },
    /** The params of the last action that was sent, including the values shown at that time. */
    sentWith: variables?.params,
    /** Why the action can't be sent now, or null. */
    disabledReason: bound && disabledReasonOf(bound.action, bound.target),
  }
}

function keyOf(begun: Begun, { action }: BoundAction): string {
  switch (begun.is) {
    case 'begun':
      return begun.key
    case 'refused':
      throw unsent(begun.reason)
    case 'fetch failed':
      throw unsent(fetchFailedText(begun.error))
    case 'changed':
      throw new ActionFailure(
        `${action.shownIn ? 'A value' : 'The machine'} changed while you filled in this form`,
        `Nothing was sent. Your input is still here, beside the ${action.shownIn ? '' : 'machine’s '}current values.`,
        { sent: false },
      )
  }
}

/** Waits for the end of an operation. Throws if the operation wasn't done, or if the form was closed. */
export async function endOf({ label }: MachineAction, key: string, closed: AbortSignal): Promise<Operation> {
  const ended = await operationEnd(key, closed)
  // The mutation has to end although the form is gone: a pending mutation would stay in memory forever, with the user's input.
  if (closed.aborted) throw new ActionFailure('The form was closed', 'The action continues.')
  if (ended === null)
    throw new ActionFailure(
      'BigV may or may not have carried out the request',
      'You signed out, or another user signed in, so the request was cancelled.',
    )
  const { outcome, note, steps, target } = ended.operation
  if (outcome === 'done') return ended.operation
  const { trace } = steps.at(-1) ?? {}
  throw new ActionFailure(`${label} ${target.name}: ${outcome ?? ''}`, note, {
    details: trace ? traceLine(trace) : undefined,
    fields: ended.error?.fields ?? {},
    sent: steps.length > 1 || (steps.length === 1 && ended.error?.sent !== 'no'),
  })
}

function failureOf(result: ResourceActionResult): ActionFailure | null {
  switch (result.is) {
    case 'done':
      return null
    case 'not sent':
      return unsent(result.reason)
    case 'fetch failed':
      return unsent(`Couldn’t load the current state first: ${result.error.message}`, result.error)
    case 'superseded':
      return new ActionFailure('BigV didn’t make the change', result.note)
    case 'dropped':
      return new ActionFailure('Not sent again', result.why, requestOf(result.error))
    case 'refused': {
      const { error } = result
      if (error.sent === 'no') return unsent(error.message, error)
      return new ActionFailure('BigV refused', error.message, { ...requestOf(error), fields: error.fields })
    }
    case 'unclear':
      return new ActionFailure(
        'BigV may or may not have carried out the request',
        `${result.error.message} The page is refreshing: check it before you send again.`,
        requestOf(result.error),
      )
  }
}

function unsent(text: string, error?: ApiError): ActionFailure {
  return new ActionFailure('Nothing was sent', text, { ...(error && requestOf(error)), sent: false })
}

function requestOf({ trace }: ApiError) {
  return { details: traceLine(trace) }
}
