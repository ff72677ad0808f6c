import { useMutation, type MutateOptions } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { bind, type BoundAction, type MachineAction, type PlannedRequest } from '../../actions/action.ts'
import { traceLine, type FieldErrors } from '../../api/errors.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { beginOperation, decidedOnFrom, type Begun } from '../../operations/begin.ts'
import { operationEnd } from '../../operations/failures.ts'
import type { Operation } from '../../operations/operation.ts'
import { unreadText } from './ask.ts'
import { useDisabledReason } from './use-disabled-reason.ts'

/** A machine as a page shows it. */
interface Shown {
  group: GroupRef
  machine: MachineData
  /** The second machine, for an action on two. */
  other?: MachineData | undefined
}

/** Why nothing came of what a form asked for: a title, what BigV or the reading says, and what it says of each field. */
export class ActionFailure extends Error {
  readonly title: string
  readonly text: string
  readonly details: string | undefined
  readonly fields: FieldErrors
  constructor(
    title: string,
    text: string,
    { details, fields = {} }: Partial<Pick<ActionFailure, 'details' | 'fields'>> = {},
  ) {
    super(text)
    this.title = title
    this.text = text
    this.details = details
    this.fields = fields
  }
}

/**
 * An action on the machine that a form is about: a mutation of TanStack Query, which succeeds when the operation is seen to be done.
 * A form that is closed before hears nothing more: the operation goes on, and a toast tells its end.
 */
export function useAction<Params>(
  action: MachineAction<string, Params>,
  shown: Shown,
  onSettled?: () => Promise<void>,
) {
  const { mutate, isPending, error, reset } = useBoundAction(shown, onSettled)
  const disabledReason = useDisabledReason(shown.machine)(action)
  return {
    mutate: (params: Params, options?: MutateOptions<Operation, ActionFailure, BoundAction>) =>
      mutate(bind(action, params), options),
    requests: (params: Params): PlannedRequest[] =>
      bind(action, params).requests(shown.group, shown.machine.vm),
    isPending,
    error,
    reset,
    /** Why it cannot be sent now, or null. While it is sent, the operation running is its own. */
    disabledReason: isPending ? null : disabledReason,
  }
}

/** The same for a form that sends one action or another. */
export function useBoundAction({ group, machine, other }: Shown, onSettled?: () => Promise<void>) {
  const closed = useRef<AbortController>(null)
  useEffect(() => {
    closed.current = new AbortController()
    return () => closed.current?.abort()
  }, [])
  return useMutation<Operation, ActionFailure, BoundAction>({
    mutationFn: async (bound) => {
      const { id, name } = machine.vm
      const decidedOn = decidedOnFrom(bound, machine, other)
      const key = keyOf(await beginOperation({ bound, ref: group, id, name, decidedOn }))
      return await endOf(bound.action, key, closed.current?.signal ?? AbortSignal.abort())
    },
    // What was typed may be a secret: the cache of mutations does not keep it.
    gcTime: 0,
    // Here, not with `mutate`: it is called when the form was closed before the end, too.
    ...(onSettled && { onSettled }),
  })
}

function keyOf(begun: Begun): string {
  switch (begun.is) {
    case 'begun':
      return begun.key
    case 'refused':
      throw new ActionFailure('Nothing was sent', begun.reason)
    case 'unread':
      throw new ActionFailure('Nothing was sent', unreadText(begun.error))
    case 'changed':
      throw new ActionFailure(
        'It has changed since this was filled in',
        'Nothing was sent. What you typed is still here, beside the machine as it is now.',
      )
  }
}

async function endOf({ label }: MachineAction, key: string, closed: AbortSignal): Promise<Operation> {
  const ended = await operationEnd(key, closed)
  // Nobody hears of this, but the mutation has to end: one that is pending is kept for ever, with what was typed.
  if (ended === null) throw new ActionFailure('The form was closed', 'The operation goes on.')
  const { outcome, note, steps, target } = ended.operation
  if (outcome === 'done') return ended.operation
  const { trace } = steps.at(-1) ?? {}
  const said = outcome === 'unclear' ? 'not known' : (outcome ?? '')
  throw new ActionFailure(`${label} ${target.name}: ${said}`, note, {
    details: trace ? traceLine(trace) : undefined,
    fields: ended.error?.fields ?? {},
  })
}
