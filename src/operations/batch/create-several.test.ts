import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { NewMachine } from '../../actions/lifecycle.ts'
import { REF } from '../../api/testing/machines.ts'
import { cut, fine, status, useSimulatedBigv, userOf } from '../../api/testing/simulated-bigv.ts'
import type { GroupRef } from '../../lib/links.ts'
import { fakeStorage } from '../../lib/testing/fake-storage.ts'
import type { BasicCredentials } from '../../session/credentials.ts'
import { cancelSignInAgain, currentSession, signIn, signOut } from '../../session/session.ts'
import { clearOperations, endOperation, operations } from '../store.ts'
import {
  createBatches,
  findCreateBatch,
  itemStates,
  removeCreateBatch,
  statesInWords,
} from './create-batches.ts'
import { canRetry, createSeveral, errorOf, retryCreating, stopCreating } from './create-several.ts'

const newMachine = (name: string): NewMachine => ({
  bundle: { virtual_machine: { name, cores: 1, memory: 1024, power_on: true, autoreboot_on: true } },
  password: null,
})
const WEBS = ['web1', 'web2', 'web3'].map(newMachine)

const bigv = useSimulatedBigv()
let account: number
let ref: GroupRef
let user: BasicCredentials

beforeEach(async () => {
  const made = await bigv.control.createAccount()
  account = made.id
  ref = { account: made.account, group: 'default' }
  user = userOf(made)
  signIn(user, false)
})
afterEach(() => {
  for (const { key } of createBatches.get()) removeCreateBatch(key)
  clearOperations()
  signOut()
})

const sent = async () =>
  (await bigv.received())
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => (body as { name: string }).name)
const itemsOf = (key: string) => findCreateBatch(key)?.items.map(({ name, is }) => `${name} ${is}`)
const ended = (key: string) => vi.waitFor(() => expect(findCreateBatch(key)?.state).toBe('ended'), 10_000)

describe('several new machines', () => {
  test('are requested one after the other', async () => {
    const key = createSeveral(ref, WEBS)
    expect(itemsOf(key)).toEqual(['web1 sending', 'web2 queued', 'web3 queued'])
    await ended(key)
    expect(await sent()).toEqual(['web1', 'web2', 'web3'])
    expect(itemsOf(key)).toEqual(['web1 begun', 'web2 begun', 'web3 begun'])
    expect(operations().map(({ batch }) => batch)).toEqual([key, key, key])
    const times = findCreateBatch(key)!.items.flatMap(({ begunAt = NaN, endedAt = NaN }) => [
      begunAt,
      endedAt,
    ])
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times.every((at) => at > 0)).toBe(true)
  })

  test('are requested even after one has failed, and a retry includes only failed ones', async () => {
    const web2 = await bigv.control.createMachine(account, { name: 'web2' })
    await bigv.answer('POST', status(400, { name: ['is unlucky'] }))
    const key = createSeveral(ref, WEBS)
    await ended(key)
    expect(itemsOf(key)).toEqual(['web1 refused', 'web2 taken', 'web3 begun'])
    expect(findCreateBatch(key)?.items[0]?.note).toMatch(/BigV said: name is unlucky/)
    expect(errorOf(key, 'web1')?.fields).toEqual({ name: ['is unlucky'] })
    await bigv.control.removeMachine(web2.id)
    retryCreating(key, ['web1', 'web2'])
    await ended(key)
    expect(await sent()).toEqual(['web1', 'web3', 'web1', 'web2'])
    expect(itemsOf(key)).toEqual(['web1 begun', 'web2 begun', 'web3 begun'])
  })

  test('are looked up before a retry if they may exist already', async () => {
    await bigv.answer('POST', cut)
    const key = createSeveral(ref, WEBS.slice(0, 1))
    await ended(key)
    expect(itemsOf(key)).toEqual(['web1 unclear'])
    const web1 = await bigv.control.createMachine(account, { name: 'web1' })
    retryCreating(key, ['web1'])
    await ended(key)
    expect(await sent()).toEqual(['web1'])
    expect(findCreateBatch(key)?.items[0]).toMatchObject({
      is: 'taken',
      holder: web1.id,
      note: 'A machine with this name already exists.',
    })
  })

  test('are no longer requested once the user stops the batch', async () => {
    let key = ''
    bigv.onAnswer = ({ method }) => method === 'POST' && stopCreating(key)
    key = createSeveral(ref, WEBS)
    await ended(key)
    expect(await sent()).toEqual(['web1'])
    expect(itemsOf(key)).toEqual(['web1 begun', 'web2 queued', 'web3 queued'])
  })

  test('are no longer requested if one fails for a reason that applies to all', async () => {
    await bigv.answer('POST', status(403))
    const key = createSeveral(ref, WEBS)
    await ended(key)
    expect(await sent()).toEqual(['web1'])
    expect(findCreateBatch(key)?.why).toMatch(/Not allowed \(403\)/)
  })

  test('wait for a new sign-in after a 401, then continue with the machine that got it', async () => {
    await bigv.answer('POST', fine, status(401))
    const key = createSeveral(ref, WEBS)
    await vi.waitFor(() => expect(currentSession().expired).toBe(true))
    expect(itemsOf(key)).toEqual(['web1 begun', 'web2 sending', 'web3 queued'])
    signIn({ ...user }, false)
    await ended(key)
    expect(await sent()).toEqual(['web1', 'web2', 'web2', 'web3'])
    expect(itemsOf(key)).toEqual(['web1 begun', 'web2 begun', 'web3 begun'])
  })

  test('aren’t requested if signing in again is cancelled or late, but can be retried', async () => {
    await bigv.answer('POST', status(401))
    const key = createSeveral(ref, WEBS)
    await vi.waitFor(() => expect(currentSession().expired).toBe(true))
    cancelSignInAgain()
    await ended(key)
    expect(itemsOf(key)).toEqual(['web1 refused', 'web2 queued', 'web3 queued'])
    signIn({ ...user }, false)
    vi.useFakeTimers({ toFake: ['Date'] })
    await bigv.answer('POST', status(401))
    retryCreating(key, ['web1', 'web2', 'web3'])
    await vi.waitFor(() => expect(currentSession().expired).toBe(true))
    await vi.waitFor(async () => expect(await sent()).toEqual(['web1', 'web1']))
    await vi.waitFor(() => expect(operations().at(-1)?.phase).toBe('signing in'))
    vi.setSystemTime(Date.now() + 60_001)
    signIn({ ...user }, false)
    await ended(key)
    vi.useRealTimers()
    expect(findCreateBatch(key)?.why).toMatch(/more than a minute/)
    expect(await sent()).toEqual(['web1', 'web1'])
    expect(canRetry(key)).toBe(true)
  })

  test('are dropped, with their passwords, if another user signs in', async () => {
    bigv.onAnswer = ({ method }) => method === 'POST' && signIn({ ...user, username: 'colleague' }, false)
    const key = createSeveral(ref, WEBS)
    await vi.waitFor(() => expect(operations().at(-1)?.phase).not.toBe('sending'))
    await vi.waitFor(() => expect(createBatches.get()).toEqual([]))
    expect(await sent()).toEqual(['web1'])
    expect([canRetry(key), errorOf(key, 'web1')]).toEqual([false, undefined])
  })
})

test('a new machine’s state is told by its batch and its operation together', async () => {
  await bigv.answer('POST', status(500))
  const key = createSeveral(ref, WEBS)
  await ended(key)
  const states = () => itemStates(findCreateBatch(key)!, operations())
  expect(states().map(({ word }) => word)).toEqual(['Unclear', 'Creating…', 'Creating…'])
  const [, second, third] = operations()
  endOperation(second?.key ?? '', 'done', '')
  endOperation(third?.key ?? '', 'superseded', 'BigV no longer shows it.')
  expect(states().map(({ word }) => word)).toEqual(['Unclear', 'Created', 'Accepted, but not created'])
  expect(statesInWords(states())).toBe('1 created, 1 unclear, 1 failed')
})

test('after a reload the results are there, the current machine is unclear, nothing is resent', async () => {
  const entries = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => entries.set(key, value),
    removeItem: (key: string) => entries.delete(key),
  })
  try {
    const password = 'made-up-secret'
    const key = createSeveral(ref, [{ ...newMachine('web1'), password }, newMachine('web2')])
    expect(entries.get('bigv.create-runs')).toContain('web2')
    expect([...entries.values()].join('')).not.toContain(password)
    vi.resetModules()
    ;(await import('../../lib/persisted.ts')).currentUser.set(user.username)
    const reloaded = await import('./create-batches.ts')
    expect(reloaded.findCreateBatch(key)).toMatchObject({
      state: 'ended',
      why: 'The page was reloaded.',
      items: [{ is: 'unclear' }, { is: 'queued' }],
    })
    expect((await import('./create-several.ts')).canRetry(key)).toBe(false)
    expect(canRetry(key)).toBe(true)
    await ended(key)
  } finally {
    vi.unstubAllGlobals()
  }
})

test('a batch stored by an earlier version is loaded if it is valid and this user’s', async () => {
  const item = { name: 'web1', is: 'begun', note: '', operation: 'o', holder: null }
  const old = { key: 'k', ...REF, username: 'demo', begunAt: 1, going: true, stopping: false, why: '' }
  const entries = [
    {
      ...old,
      items: [item, { ...item, name: 'web2', is: 'sending' }, { ...item, name: 'web3', is: 'barred' }],
    },
    { ...old, key: 'ended', going: false, why: 'You signed out.', items: [item] },
    { ...old, key: 'another’s', username: 'colleague', items: [item] },
    { ...old, key: 'invalid', items: [{ ...item, is: 'vanished' }] },
    { ...old, key: 'without items' },
    null,
  ]
  vi.stubGlobal(
    'sessionStorage',
    fakeStorage(() => new Map([['bigv.create-runs', JSON.stringify(entries)]])),
  )
  try {
    vi.resetModules()
    ;(await import('../../lib/persisted.ts')).currentUser.set('demo')
    const { createBatches: found } = await import('./create-batches.ts')
    expect(found.get()).toMatchObject([
      {
        key: 'k',
        state: 'ended',
        why: 'The page was reloaded.',
        items: [{ is: 'begun' }, { is: 'unclear' }, { is: 'not sent' }],
      },
      { key: 'ended', state: 'ended', why: 'You signed out.' },
    ])
  } finally {
    vi.unstubAllGlobals()
  }
})
