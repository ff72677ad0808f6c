import { machineActionOf } from '../actions/index.ts'
import { ApiError } from '../api/errors.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { formatClock } from '../lib/times.ts'
import { fetchIfThere } from './machine-cache.ts'
import type { Operation } from './operation.ts'
import { inWords } from './state.ts'
import { findOperation } from './store.ts'
import { findingOf, GONE, seenIn, UNSEEN } from './watch.ts'

/**
 * Fetches the machine after a request without an answer, and reports the machine's state. Done if the machine is gone and the action was to
 * remove it.
 */
export async function fetchUnanswered(key: string): Promise<{ outcome: 'done' | 'unclear'; note: string }> {
  const operation = findOperation(key)
  const known = operation ? await currentState(operation) : ''
  const action = operation && machineActionOf(operation.action)
  if (known === null && action?.whenGone?.(operation?.expects ?? null).is === 'done') {
    return { outcome: 'done', note: 'The machine is gone now.' }
  }
  const shown = known ?? `The machine ${GONE}`
  return { outcome: 'unclear', note: `BigV may or may not have carried out the request. ${shown}` }
}

/** The machine's state in a sentence. Null if BigV no longer has the machine. */
async function currentState(operation: Operation): Promise<string | null> {
  const { target, also } = operation
  try {
    const machine = await fetchIfThere(target, target.id ?? target.name)
    if (machine === null) return null
    if (also === undefined) return `Checked at ${formatClock(Date.now())}: ${inWords(machine)}.`
    const other = await fetchIfThere(also, also.id ?? also.name)
    const text = pairText(operation, machine.vm, other?.vm ?? null)
    return `Both checked at ${formatClock(Date.now())}: ${text}`
  } catch (error) {
    return error instanceof ApiError ? `Checking the machine failed, too: ${error.message}` : ''
  }
}

/** What happened to an operation on two machines, going by their current states, in a sentence. */
function pairText(operation: Operation, own: VirtualMachine, other: VirtualMachine | null): string {
  if (other === null) return `${operation.also?.name} ${GONE}`
  const action = machineActionOf(operation.action)
  const at = Date.now()
  const seen = seenIn({ ...UNSEEN, answeredAt: at }, own)
  const found = action && findingOf(action, operation, { at, vm: own, creating: false, other, seen })
  return (found !== undefined && action?.other?.unansweredText(found, other)) || ''
}
