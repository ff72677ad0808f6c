import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { nameOf } from '../../../actions/index.ts'
import { create, type CreateBundle, type NewMachine } from '../../../actions/lifecycle.ts'
import { messageOf } from '../../../api/errors.ts'
import { randomPassword } from '../../../lib/browser/random-password.ts'
import { useUnmounted } from '../../../lib/browser/use-unmounted.ts'
import type { GroupRef } from '../../../lib/links.ts'
import { expandNames } from '../../../lib/name-pattern.ts'
import { createSeveral } from '../../../operations/batch/create-several.ts'
import { keepNewPassword } from '../../../operations/batch/new-passwords.ts'
import { createMachine, type Created } from '../../../operations/create.ts'
import { useOperations } from '../../../operations/store.ts'
import { currentSession } from '../../../session/session.ts'
import { toast } from '../../../ui/toast.ts'
import { bundleFromForm } from './bundle.ts'
import type { CreateValues } from './form-values.ts'

/** The result of sending the form. `batch`: the key of the batch that creates several machines. */
type CreateOutcome = Created | { is: 'batch'; key: string }

type Failure = Exclude<CreateOutcome, { is: 'begun' } | { is: 'batch' }>

/** A request that failed or got no answer, and the form's values when it was sent. */
export interface Attempt {
  failure: Failure
  sent: CreateValues
}

/**
 * Sends the form. `send` resolves to null if another request is pending, or if the user has left the page. After the user has left, a toast
 * reports failures.
 */
export function useCreate(group: GroupRef) {
  // TanStack Query reports a mutation as pending only a moment after it began. A second click may come before that moment.
  const sending = useRef(false)
  const unmounted = useUnmounted()
  // Passwords by machine name: after a request without an answer, sending again must use the password that was shown.
  const passwords = useRef(new Map<string, string>())

  function newMachine(values: CreateValues, grades: readonly string[], name: string): NewMachine {
    const generates = values.system === 'distribution' && values.password_from === 'generated'
    const password = generates ? (passwords.current.get(name) ?? randomPassword()) : null
    if (password !== null) passwords.current.set(name, password)
    return { bundle: bundleFromForm(values, grades, { name, password: password ?? '' }), password }
  }

  async function sendOne({ bundle, password }: NewMachine): Promise<CreateOutcome | null> {
    const { name } = bundle.virtual_machine
    const username = currentSession().credentials?.username ?? ''
    const outcome = await createOne(group, bundle)
    if (
      password !== null &&
      (outcome.is === 'begun' || outcome.is === 'unclear' || outcome.is === 'broken')
    ) {
      keepNewPassword({ ...group, name, password }, username)
    }
    if (!unmounted().aborted) return outcome
    if (outcome.is !== 'begun') toastFailure(name, outcome)
    return null
  }
  const { mutateAsync, isPending, variables } = useMutation({
    mutationFn: sendOne,
    onSettled: () => {
      sending.current = false
    },
  })

  async function send(values: CreateValues, grades: readonly string[]): Promise<CreateOutcome | null> {
    const [first, ...more] = expandNames(values.name).names.map((name) => newMachine(values, grades, name))
    if (first === undefined) return null
    if (more.length === 0) {
      if (sending.current) return null
      sending.current = true
      return mutateAsync(first)
    }
    return { is: 'batch', key: createSeveral(group, [first, ...more]) }
  }

  const queued = useOperations((all) =>
    all.findLast(
      ({ phase, otherTab, action, target }) =>
        phase === 'queued' &&
        !otherTab &&
        action === nameOf(create) &&
        target.name === variables?.bundle.virtual_machine.name &&
        target.group === group.group,
    ),
  )

  return {
    pending: isPending,
    /** The request while it is queued, or null. */
    queued: (isPending && queued) || null,
    send,
  }
}

async function createOne(group: GroupRef, bundle: CreateBundle): Promise<Created> {
  try {
    return await createMachine(group, bundle)
  } catch (error) {
    return { is: 'not sent', reason: messageOf(error) }
  }
}

function toastFailure(name: string, failure: Failure): void {
  if (failure.is === 'unclear' || failure.is === 'broken') {
    const text = failure.is === 'unclear' ? failure.error.message : failure.message
    toast({ tone: 'warn', title: `${name} may have been created`, text })
    return
  }
  toast({ tone: 'danger', title: `${name} was not created`, text: reasonOf(failure) })
}

function reasonOf(failure: Exclude<Failure, { is: 'unclear' | 'broken' }>): string {
  switch (failure.is) {
    case 'taken':
      return 'That name is taken.'
    case 'not sent':
      return failure.reason
    case 'refused':
      return failure.error.message
  }
}
