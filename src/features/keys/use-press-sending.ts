import { useEffect, useRef, useState } from 'react'
import { sendKeys } from '../../actions/power.ts'
import { messageOf, traceLine } from '../../api/errors.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { operationEnd } from '../../operations/store.ts'
import type { Operation } from '../../operations/operation.ts'
import { beginPresses } from '../../operations/batch/send-presses.ts'
import { useOperations } from '../../operations/use-operations.ts'

/** How sending presses went, as far as this page asked for it. */
export interface Sent {
  presses: readonly string[]
  /** How it ended; null where nothing was sent. */
  operation: Operation | null
  /** Why nothing was sent. */
  problem: { text: string; details?: string } | null
}

/** Sends presses to a machine, and follows them while the page is there. They go on when it is left. */
export function usePressSending(ref: GroupRef, { vm }: MachineData) {
  const [sent, setSent] = useState<Sent | null>(null)
  const [asking, setAsking] = useState(false)
  const gone = useRef<AbortController>(null)
  useEffect(() => {
    gone.current = new AbortController()
    return () => gone.current?.abort()
  }, [])
  const underWay = useOperations().find(
    ({ action, phase, target }) => action === sendKeys.name && phase !== 'ended' && target.id === vm.id,
  )

  /** Sends them; returns whether all arrived. */
  const send = async (presses: readonly string[], everyMs: number): Promise<boolean> => {
    setAsking(true)
    setSent(null)
    const begun = await beginPresses({ ref, id: vm.id, name: vm.name, presses, everyMs })
    setAsking(false)
    if (begun.is === 'begun') {
      const end = await operationEnd(begun.key, gone.current?.signal ?? AbortSignal.abort())
      if (end !== null) setSent({ presses, operation: end.operation, problem: null })
      return end?.operation.outcome === 'done'
    }
    const problem =
      begun.is === 'unread'
        ? {
            text: `The machine has to be read first, and that failed. ${messageOf(begun.error)}`,
            details: traceLine(begun.error.trace),
          }
        : { text: begun.is === 'refused' ? begun.reason : 'The machine has changed.' }
    setSent({ presses, operation: null, problem })
    return false
  }
  return { send, sent, asking, underWay }
}

/** Takes what was sent and returns the presses that are left after a failure, without one that may have arrived. */
export function restOf({ presses, operation }: Sent): readonly string[] {
  if (operation === null || operation.outcome === 'done') return []
  const sent = operation.progress?.sent ?? 0
  return presses.slice(operation.outcome === 'unclear' ? sent + 1 : sent)
}
