import { messageOf, traceLine, type ApiError } from '../../api/errors.ts'
import type { GroupRef } from '../../lib/links.ts'
import { currentSession } from '../../session/session.ts'
import type { Wish } from '../../actions/create.ts'
import { type Created, createMachine } from '../create.ts'
import { findRun, putRun, subscribeCreateRuns, updateItem, updateRun, type RunItem } from './create-runs.ts'
import { forgetNewPassword, keepNewPassword } from '../new-passwords.ts'

// What is to be sent holds secrets: in memory alone, and no longer than the page.
const wishes = new Map<string, Map<string, Wish>>()
const errors = new Map<string, ApiError>()
// Neither longer than their user stays.
subscribeCreateRuns(() => {
  for (const key of wishes.keys()) if (findRun(key) === undefined) wishes.delete(key)
  for (const key of errors.keys()) if (findRun(key.split('/')[0] ?? '') === undefined) errors.delete(key)
})

/** Takes a group and what is to be made there, asks for one machine after the other, and returns the key of the run. */
export function beginRun({ account, group }: GroupRef, wanted: readonly Wish[]): string {
  const key = `run-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`
  const names = wanted.map(({ bundle }) => bundle.virtual_machine.name)
  wishes.set(key, new Map(wanted.map((wish) => [wish.bundle.virtual_machine.name, wish])))
  putRun({
    key,
    account,
    group,
    username: currentSession().credentials?.username ?? '',
    begunAt: Date.now(),
    going: true,
    stopping: false,
    why: '',
    items: names.map((name) => ({ name, is: 'queued', note: '', operation: null, holder: null })),
  })
  void go(key)
  return key
}

/** Ends a run after the request that is on its way; what is still in the queue is not sent. */
export function stopRun(key: string): void {
  if (findRun(key)?.going) updateRun(key, { stopping: true })
}

/**
 * Asks once more for these machines of a run that has ended, in their order. Each is read before it is sent: one that is
 * there by now, because an earlier request was carried out after all, is not asked for again.
 */
export function retryRun(key: string, names: readonly string[]): void {
  const run = findRun(key)
  if (run === undefined || run.going || !canRetry(key)) return
  for (const name of names) updateItem(key, name, { is: 'queued', note: '', operation: null, holder: null })
  updateRun(key, { going: true, stopping: false, why: '' })
  void go(key)
}

/** Whether what is to be sent is still known: it is not after a reload. */
export function canRetry(key: string): boolean {
  return wishes.has(key)
}

/** The error with which a machine of a run was refused or left unclear, while the page is not reloaded. */
export function errorOf(key: string, name: string): ApiError | undefined {
  return errors.get(`${key}/${name}`)
}

async function go(key: string): Promise<void> {
  for (;;) {
    const run = findRun(key)
    const next = run?.items.find(({ is }) => is === 'queued')
    const wish = next && wishes.get(key)?.get(next.name)
    if (run === undefined || wish === undefined || run.stopping) break
    if (currentSession().credentials?.username !== run.username) {
      updateRun(key, { why: 'You signed out, or somebody else has signed in.' })
      break
    }
    updateItem(key, next?.name ?? '', { is: 'sending' })
    const end = await ask(key, run, wish)
    if (end !== null) {
      updateRun(key, { why: end })
      break
    }
  }
  updateRun(key, { going: false, stopping: false })
}

/** Asks for one machine, and returns why the others will not fare better, or null. */
async function ask(key: string, ref: GroupRef, { bundle, password }: Wish): Promise<string | null> {
  const { name } = bundle.virtual_machine
  let created: Created
  try {
    created = await createMachine(ref, bundle, key)
  } catch (error) {
    updateItem(key, name, { is: 'not sent', note: messageOf(error) })
    return null
  }
  if (created.is === 'begun' || created.is === 'unclear') {
    if (password !== null) keepNewPassword({ account: ref.account, group: ref.group, name, password })
  } else if (created.is !== 'taken') forgetNewPassword(ref, name)
  if (created.is === 'refused' || created.is === 'unclear') errors.set(`${key}/${name}`, created.error)
  updateItem(key, name, outcomeOf(created))
  if (created.is === 'not sent') return created.reason
  if (created.is !== 'refused') return null
  return [401, 403].includes(created.error.status) ? created.error.message : null
}

function outcomeOf(created: Created): Partial<RunItem> {
  switch (created.is) {
    case 'begun':
      return { is: 'begun', operation: created.key }
    case 'taken':
      return { is: 'taken', holder: created.by.vm.id, note: created.by.vm.deleted ? DELETED : THERE }
    case 'not sent':
      return { is: 'not sent', note: created.reason }
    case 'refused':
      return { is: 'refused', note: saidOf(created.error) }
    case 'unclear':
      return {
        is: 'unclear',
        holder: created.found?.vm.id ?? null,
        note: `${created.error.message} ${created.found ? THERE : NOT_SEEN} ${traceLine(created.error.trace)}`,
      }
  }
}

const DELETED = 'A deleted machine holds this name until it is purged.'
const THERE = 'A machine of this name is there.'
const NOT_SEEN = 'Reading afterwards found none; BigV may be making it still.'

function saidOf(error: ApiError): string {
  const said = Object.entries(error.fields).flatMap(([field, messages]) =>
    messages.map((message) => `${field} ${message}`),
  )
  return `${said.length > 0 ? `BigV says: ${said.join('; ')}.` : error.message} ${traceLine(error.trace)}`
}
