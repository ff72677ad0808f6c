import type { NewMachine } from '../../actions/lifecycle.ts'
import { messageOf, traceLine, type ApiError } from '../../api/errors.ts'
import type { GroupRef } from '../../lib/links.ts'
import { newRecordKey } from '../../lib/record-key.ts'
import { currentSession } from '../../session/session.ts'
import { createMachine, type Created } from '../create.ts'
import {
  addCreateBatch,
  createBatches,
  findCreateBatch,
  updateCreateBatch,
  updateCreateItem,
  type CreateItem,
} from './create-batches.ts'
import { forgetNewPassword, keepNewPassword } from './new-passwords.ts'
import { advance, type Work } from './runner.ts'

// The bundles hold secrets, so they are in memory only.
const wanted = new Map<string, Map<string, NewMachine>>()
const errors = new Map<string, ApiError>()
// Batches are dropped when another user signs in, so their bundles and errors are dropped, too.
createBatches.subscribe(() => {
  for (const key of wanted.keys()) if (findCreateBatch(key) === undefined) wanted.delete(key)
  for (const key of errors.keys())
    if (findCreateBatch(key.split('/')[0] ?? '') === undefined) errors.delete(key)
})

/** Begins to create machines in a group, one by one. Returns the batch's key. */
export function createSeveral({ account, group }: GroupRef, machines: readonly NewMachine[]): string {
  const key = newRecordKey()
  const names = machines.map(({ bundle }) => bundle.virtual_machine.name)
  wanted.set(key, new Map(machines.map((machine) => [machine.bundle.virtual_machine.name, machine])))
  addCreateBatch({
    key,
    account,
    group,
    username: currentSession().credentials?.username ?? '',
    begunAt: Date.now(),
    state: 'running',
    why: '',
    items: names.map((name) => ({ name, is: 'queued', note: '', operation: null, holder: null })),
  })
  void advance(key, workOf(key))
  return key
}

/** Ends a batch after the current request. */
export function stopCreating(key: string): void {
  if (findCreateBatch(key)?.state === 'running') updateCreateBatch(key, { state: 'stopping' })
}

/**
 * Retries these machines of an ended batch. createMachine looks up each name before sending, so that no machine is created twice if an
 * earlier request has created it after all.
 */
export function retryCreating(key: string, names: readonly string[]): void {
  if (findCreateBatch(key)?.state !== 'ended' || !canRetry(key)) return
  for (const name of names)
    updateCreateItem(key, name, { is: 'queued', note: '', operation: null, holder: null })
  updateCreateBatch(key, { state: 'running', why: '' })
  void advance(key, workOf(key))
}

/** True if the bundles are in memory. A reload loses them. */
export function canRetry(key: string): boolean {
  return wanted.has(key)
}

/** The error that left a machine of a batch refused or unclear. Not known after a reload. */
export function errorOf(key: string, name: string): ApiError | undefined {
  return errors.get(`${key}/${name}`)
}

/** One machine at a time: if BigV refuses one for a reason that applies to all, no more are sent. */
function workOf(key: string): Work<NewMachine> {
  return {
    queued: () => {
      const batch = findCreateBatch(key)
      if (batch?.state !== 'running') return []
      return batch.items.flatMap(({ name, is }) =>
        is === 'queued' ? (wanted.get(key)?.get(name) ?? []) : [],
      )
    },
    free: () => 1,
    begin: async ([machine]) => {
      if (machine !== undefined) await createOne(key, machine)
    },
    onIdle: () => updateCreateBatch(key, { state: 'ended' }),
  }
}

async function createOne(key: string, { bundle, password }: NewMachine): Promise<void> {
  const batch = findCreateBatch(key)
  const { name } = bundle.virtual_machine
  if (batch === undefined) return
  if (currentSession().credentials?.username !== batch.username) {
    updateCreateBatch(key, { state: 'ended', why: 'You signed out, or another user signed in.' })
    return
  }
  updateCreateItem(key, name, { is: 'sending', begunAt: Date.now() })
  let created: Created
  try {
    created = await createMachine(batch, bundle, key)
  } catch (error) {
    updateCreateItem(key, name, { is: 'not sent', note: messageOf(error) })
    return
  }
  if (created.is === 'begun' || created.is === 'unclear' || created.is === 'broken') {
    if (password !== null)
      keepNewPassword({ account: batch.account, group: batch.group, name, password }, batch.username)
  } else if (created.is !== 'taken') forgetNewPassword(batch, name)
  if (created.is === 'refused' || created.is === 'unclear') errors.set(`${key}/${name}`, created.error)
  updateCreateItem(key, name, { ...outcomeOf(created), endedAt: Date.now() })
  const why = endReason(created)
  if (why !== null) updateCreateBatch(key, { state: 'ended', why })
}

/** Why the remaining machines would also fail, or null. */
function endReason(created: Created): string | null {
  if (created.is === 'not sent') return created.reason
  if (created.is !== 'refused') return null
  return [401, 403].includes(created.error.status) ? created.error.message : null
}

function outcomeOf(created: Created): Partial<CreateItem> {
  switch (created.is) {
    case 'begun':
      return { is: 'begun', operation: created.key }
    case 'taken':
      return { is: 'taken', holder: created.by.vm.id, note: created.by.vm.deleted ? DELETED : THERE }
    case 'not sent':
      return { is: 'not sent', note: created.reason }
    case 'broken':
      return { is: 'unclear', holder: null, note: created.message }
    case 'refused':
      return { is: 'refused', note: refusalOf(created.error) }
    case 'unclear':
      return {
        is: 'unclear',
        holder: created.found?.vm.id ?? null,
        note: `${created.error.message} ${created.found ? THERE : NOT_SEEN} ${traceLine(created.error.trace)}`,
      }
  }
}

const DELETED = 'A deleted machine keeps this name until you purge it.'
const THERE = 'A machine with this name already exists.'
const NOT_SEEN = 'No machine with this name was found. BigV may still be creating it.'

function refusalOf(error: ApiError): string {
  const said = Object.entries(error.fields).flatMap(([field, messages]) =>
    messages.map((message) => `${field} ${message}`),
  )
  return `${said.length > 0 ? `BigV said: ${said.join('; ')}.` : error.message} ${traceLine(error.trace)}`
}
