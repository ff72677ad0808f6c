import { machineActionOf } from '../actions/index.ts'
import { ApiError } from '../api/errors.ts'
import { isNotFound } from '../api/query-client.ts'
import { formatClock } from '../lib/times.ts'
import { pairSays } from './check.ts'
import { fetchAndShow } from './machine-cache.ts'
import type { Operation } from './operation.ts'
import { inWords } from './state.ts'
import { findOperation } from './store.ts'
import { fetchOther } from './watch.ts'

const GONE = 'Read again, BigV no longer shows it: it is gone, or not yours to see.'

/** Fetches the machine of an operation whose request got no answer, and says what it shows. Done where it is gone and was to go. */
export async function lookAgain(key: string): Promise<{ outcome: 'done' | 'unclear'; note: string }> {
  const operation = findOperation(key)
  const known = operation ? await whatIsKnown(operation) : ''
  const action = operation && machineActionOf(operation.action)
  if (known === null && action?.whenGone?.(operation?.expects ?? null).is === 'done') {
    return { outcome: 'done', note: 'But read again, it is gone.' }
  }
  return { outcome: 'unclear', note: `Whether BigV did it is not known. ${known ?? GONE}` }
}

/** What the machine shows, in a sentence; null when BigV has it no more. */
async function whatIsKnown(operation: Operation): Promise<string | null> {
  const { target, also } = operation
  try {
    const machine = await fetchAndShow(target, target.id ?? target.name)
    if (also === undefined) return `Read again at ${formatClock(Date.now())}, it shows: ${inWords(machine)}.`
    const says = pairSays(operation, machine.vm, await fetchOther(also))
    return `Both read again at ${formatClock(Date.now())}: ${says}`
  } catch (error) {
    if (isNotFound(error)) return null
    return error instanceof ApiError ? `Reading it again failed too: ${error.message}` : ''
  }
}
