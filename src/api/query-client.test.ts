import { QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { currentSession, refuseCredentials, signIn, signOut } from '../session/session.ts'
import { ApiError, type ErrorKind } from './errors.ts'
import { failedJustNow, followUser, isNotFound, nullIfNotFound, queryClient } from './query-client.ts'

const demo = { account: 'acme', username: 'demo', password: 'demo', otp: '' }

function error(kind: ErrorKind, status: number) {
  return new ApiError('Oh.', {
    kind,
    sent: 'yes',
    trace: { method: 'GET', path: '/x', status, startedAt: 0, duration: 0 },
  })
}

describe('the cache', () => {
  beforeAll(followUser)
  afterEach(() => {
    signOut()
    queryClient.clear()
  })

  test('remembers a failure for two seconds', async () => {
    vi.useFakeTimers()
    const queryKey = ['refused']
    expect(failedJustNow(queryKey)).toBe(false)
    await expect(
      queryClient.query({ queryKey, queryFn: () => Promise.reject(error('failed', 404)) }),
    ).rejects.toThrow('Oh.')
    expect(failedJustNow(queryKey)).toBe(true)
    vi.advanceTimersByTime(2_000)
    expect(failedJustNow(queryKey)).toBe(false)
    vi.useRealTimers()
  })

  test('retries a first load up to three times after transient errors', () => {
    const { retry, retryDelay } = queryClient.getDefaultOptions().queries ?? {}
    if (typeof retry !== 'function' || typeof retryDelay !== 'function') throw new Error('No rule.')
    const again = (failed: Error) => [0, 1, 2, 3].map((failures) => retry(failures, failed))
    expect(again(error('unreachable', 0))).toEqual([true, true, true, false])
    expect(again(error('failed', 503))).toEqual([true, true, true, false])
    expect(again(error('failed', 500))).toEqual([false, false, false, false])
    expect(again(error('refused', 401))).toEqual([false, false, false, false])
    const pauses = [0, 1, 2].map((failures) => retryDelay(failures, error('failed', 503)))
    expect(pauses).toEqual([500, 1000, 2000])
  })

  test('never repeats a write, and doesn’t delay a write while offline', () => {
    expect(queryClient.getDefaultOptions().mutations).toMatchObject({ retry: 0, networkMode: 'always' })
  })

  test('recognises a 404 as BigV’s', () => {
    expect([error('refused', 404), error('refused', 403), new Error('404')].map(isNotFound)).toEqual([
      true,
      false,
      false,
    ])
  })

  test('returns null for BigV’s 404, and throws every other error', async () => {
    await expect(nullIfNotFound(Promise.resolve('web'))).resolves.toBe('web')
    await expect(nullIfNotFound(Promise.reject(error('refused', 404)))).resolves.toBeNull()
    await expect(nullIfNotFound(Promise.reject(error('refused', 403)))).rejects.toThrow(ApiError)
  })

  test('is cleared on sign-out and for another user, but not for the same user', async () => {
    signIn(demo, false)
    await drained()
    queryClient.setQueryData(['machines'], ['web'])
    signIn({ ...demo, password: 'newer' }, false)
    await drained()
    expect(queryClient.getQueryData(['machines'])).toEqual(['web'])
    signIn({ ...demo, username: 'colleague' }, false)
    await drained()
    expect(queryClient.getQueryData(['machines'])).toBeUndefined()
    queryClient.setQueryData(['machines'], ['db'])
    signOut()
    await drained()
    expect(queryClient.getQueryData(['machines'])).toBeUndefined()
  })

  test('is cleared synchronously, before the next user’s pages render', () => {
    signIn(demo, false)
    queryClient.setQueryData(['machines'], ['web'])
    signIn({ ...demo, username: 'colleague' }, false)
    expect(queryClient.getQueryData(['machines'])).toBeUndefined()
  })

  test('refetches failed queries of the open page once the same user has signed in again', async () => {
    signIn(demo, false)
    const fetches: string[] = []
    const watch = (name: string, enabled: boolean) =>
      new QueryObserver(queryClient, {
        queryKey: [name],
        queryFn: () => {
          fetches.push(name)
          return fetches.length <= 1 ? Promise.reject(error('refused', 401)) : Promise.resolve(name)
        },
        enabled,
      }).subscribe(() => {})
    const ends = [watch('failed', true)]
    await vi.waitFor(() => expect(queryClient.getQueryState(['failed'])?.status).toBe('error'))
    ends.push(watch('good', true))
    await vi.waitFor(() => expect(queryClient.getQueryData(['good'])).toBe('good'))
    const { credentials } = currentSession()
    if (credentials !== null) refuseCredentials(credentials)
    signIn({ ...demo, otp: 'new' }, false)
    await vi.waitFor(() => expect(queryClient.getQueryData(['failed'])).toBe('failed'))
    expect(fetches).toEqual(['failed', 'good', 'failed'])
    for (const end of ends) end()
  })

  test('ignores an answer for the previous user that arrives late', async () => {
    signIn(demo, false)
    await drained()
    const answers: ((machines: string[]) => void)[] = []
    const read = queryClient
      .fetchQuery({
        queryKey: ['machines'],
        queryFn: () => new Promise<string[]>((resolve) => answers.push(resolve)),
      })
      .catch(() => 'cancelled')
    signIn({ ...demo, username: 'colleague' }, false)
    answers[0]?.(['secret'])
    expect(await read).toBe('cancelled')
    await drained()
    expect(queryClient.getQueryData(['machines'])).toBeUndefined()
  })
})

/** Runs the callbacks of settled promises. */
async function drained() {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}
