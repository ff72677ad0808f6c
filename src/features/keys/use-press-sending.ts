import { useMutation } from '@tanstack/react-query'
import { traceLine } from '../../api/errors.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { useUnmounted } from '../../lib/browser/use-unmounted.ts'
import { beginPresses } from '../../operations/batch/key-presses.ts'
import type { Operation } from '../../operations/operation.ts'
import { operationEnd } from '../../operations/store.ts'
import { ActionFailure } from '../../operations/use-action.ts'

interface Wanted {
  presses: readonly string[]
  everyMs: number
  /** The combination's name. */
  name?: string
}

/**
 * Sends presses and waits until the operation ends. Resolves to null if the user leaves the page; sending then continues. With `queue`,
 * presses that are sent meanwhile follow these.
 */
export function usePressSending({ group: ref, machine }: MachineInGroup, { queue = false } = {}) {
  const { id, name } = machine.vm
  const unmounted = useUnmounted()
  return useMutation<Operation | null, ActionFailure, Wanted>({
    ...(queue && { scope: { id: `keys-${id}` } }),
    mutationFn: async ({ presses, everyMs }) => {
      const begun = await beginPresses({ ref, id, name, presses, everyMs })
      if (begun.is === 'begun') return (await operationEnd(begun.key, unmounted()))?.operation ?? null
      if (begun.is === 'refused') throw new ActionFailure('Nothing was sent', begun.reason)
      const { message, trace } = begun.error
      const text = `Couldn’t load the machine first. ${message}`
      throw new ActionFailure('Nothing was sent', text, { details: traceLine(trace) })
    },
  })
}
