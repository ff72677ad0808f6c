import { useEffect, useRef, useState } from 'react'
import { messageOf } from '../../api/errors.ts'
import type { GroupRef } from '../../lib/links.ts'
import type { CreateBundle, Wish } from '../../actions/create.ts'
import { createMachine, type Created } from '../../operations/create.ts'
import { keepNewPassword } from '../../operations/new-passwords.ts'
import { toast } from '../../ui/toast/toast.ts'

/** Why there is no machine, or none that is known of. */
export type Failure = Exclude<Created, { is: 'begun' }> | { is: 'broken'; message: string }

/**
 * Sending the form: at most one at a time. `send` returns how it went, or null when another is on its way or the page
 * was left meanwhile (the machine is watched all the same, and a failure told in a toast).
 */
export function useCreate(group: GroupRef) {
  const [pending, setPending] = useState(false)
  const sending = useRef(false)
  const shown = useRef(true)
  useEffect(() => {
    shown.current = true
    return () => {
      shown.current = false
    }
  }, [])

  async function send({ bundle, password }: Wish): Promise<Failure | 'begun' | null> {
    if (sending.current) return null
    sending.current = true
    setPending(true)
    try {
      const outcome = await outcomeOf(group, bundle)
      if (password !== null && (outcome === 'begun' || outcome.is === 'unclear')) {
        keepNewPassword({ ...group, name: bundle.virtual_machine.name, password })
      }
      if (shown.current) return outcome
      if (outcome !== 'begun') tellElsewhere(bundle.virtual_machine.name, outcome)
      return null
    } finally {
      sending.current = false
      setPending(false)
    }
  }

  return { pending, send }
}

async function outcomeOf(group: GroupRef, bundle: CreateBundle): Promise<Failure | 'begun'> {
  try {
    const created = await createMachine(group, bundle)
    return created.is === 'begun' ? 'begun' : created
  } catch (error) {
    return { is: 'broken', message: messageOf(error) }
  }
}

/** The form that would say so is gone. */
function tellElsewhere(name: string, failure: Failure): void {
  if (failure.is === 'unclear') {
    toast({ tone: 'warn', title: `${name} may have been created`, text: failure.error.message })
    return
  }
  toast({ tone: 'danger', title: `${name} was not created`, text: reasonOf(failure) })
}

function reasonOf(failure: Exclude<Failure, { is: 'unclear' }>): string {
  switch (failure.is) {
    case 'taken':
      return 'Another machine has the name.'
    case 'not sent':
      return failure.reason
    case 'broken':
      return failure.message
    case 'refused':
      return failure.error.message
  }
}
