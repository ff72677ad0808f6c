import { actions } from '../actions/index.ts'
import { create, type CreateBundle } from '../actions/lifecycle.ts'
import { messageOf, type ApiError } from '../api/errors.ts'
import { nullIfNotFound } from '../api/query-client.ts'
import { fetchMachine, type MachineData } from '../api/virtual-machines.ts'
import type { GroupRef } from '../lib/links.ts'
import { forbiddenReason } from './disabled-reason.ts'
import { refreshGroup } from './machine-cache.ts'
import type { Target } from './operation.ts'
import { begin, send, type Finished, type Job } from './send.ts'
import { findOperation, operations } from './store.ts'
import { watchFrom } from './watch.ts'

/** The result of requesting a new machine. Something was sent only if the result is `begun`, `unclear`, `broken`, or `refused` by BigV. */
export type Created =
  | { is: 'begun'; key: string }
  | { is: 'taken'; by: MachineData }
  | { is: 'not sent'; reason: string }
  | { is: 'refused'; error: ApiError }
  /** No answer came. `found`: the machine that has the name now, if any. */
  | { is: 'unclear'; error: ApiError; found: MachineData | null }
  /** The dashboard itself failed after it had sent the request. */
  | { is: 'broken'; message: string }

/**
 * Creates a machine with one request if its name is free. Watches the machine until it exists and, if it should start, runs. Resolves once
 * BigV has answered or the answer is lost. Throws only if nothing was sent.
 * @param batch the key of the machine's batch
 */
export async function createMachine(ref: GroupRef, bundle: CreateBundle, batch?: string): Promise<Created> {
  const { name } = bundle.virtual_machine
  const target = { account: ref.account, group: ref.group, id: null, name }
  let found: MachineData | null = null
  const job: Job<MachineData | null> = {
    action: create,
    target,
    record: { expects: create.expects(bundle), ...(batch !== undefined && { batch }) },
    blocked: () => forbiddenReason(create, target) ?? stillRunningReason(target),
    fetch: () => fetchByName(ref, name),
    disabledReason: create.disabledReason,
    requests: () => create.requests(ref, bundle),
    finish(key, last) {
      watchFrom(key, last, null)
      return { is: 'waiting' }
    },
    async fetchUnanswered() {
      const [holder, note] = await fetchByName(ref, name).then(
        (holder) => [holder, holder === null ? NOT_THERE : THERE] as const,
        () => [null, UNKNOWN] as const,
      )
      found = holder
      return { outcome: 'unclear', note }
    },
    refresh: () => refreshGroup(ref),
  }
  const begun = await begin(job)
  if (begun.is === 'fetch failed') return { is: 'refused', error: begun.error }
  if (begun.is === 'refused') {
    const { data: by, reason } = begun
    return by ? { is: 'taken', by } : { is: 'not sent', reason }
  }
  const { key, data, place } = begun
  let finished: Finished
  try {
    finished = await send(key, job, data, place)
  } catch (error) {
    if (findOperation(key)?.steps.length === 0) throw error
    return { is: 'broken', message: `${messageOf(error)} ${UNKNOWN}` }
  }
  switch (finished.is) {
    case 'refused':
      return { is: 'refused', error: finished.error }
    case 'unclear':
      return { is: 'unclear', error: finished.error, found }
    case 'dropped':
      return finished.declined
        ? { is: 'refused', error: finished.error }
        : { is: 'not sent', reason: finished.why }
    case 'stopped':
      return { is: 'not sent', reason: finished.why }
    case 'waiting':
    case 'done':
    case 'superseded':
      return { is: 'begun', key }
  }
}

/** The machine that has this name, even if deleted; null if the name is free. Throws an ApiError. */
function fetchByName(ref: GroupRef, name: string): Promise<MachineData | null> {
  return nullIfNotFound(fetchMachine(ref, name))
}

/** Why a machine of this name can't be requested now: an earlier request for it is still running. Null if there is none. */
function stillRunningReason({ account, group, name }: Target): string | null {
  const isRunning = operations().some(
    ({ action, phase, target }) =>
      actions[action].on === 'new machine' &&
      phase !== 'waiting' &&
      phase !== 'ended' &&
      target.account === account &&
      target.group === group &&
      target.name === name,
  )
  return isRunning ? `“${create.label}” is still running.` : null
}

const THERE = 'A machine with that name now exists: your request succeeded, or another user created it.'
const NOT_THERE = 'No machine with that name was found. BigV may still create it.'
const UNKNOWN = 'BigV may or may not have created the machine.'
