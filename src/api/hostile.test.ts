import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { signIn, signOut } from '../session/session.ts'
import { ApiError } from './errors.ts'
import { queryClient } from './query-client.ts'
import { answerAll } from './testing/answered.ts'
import { CALLS, CREDENTIALS } from './testing/calls.ts'
import { hostileValue, mutated } from './testing/hostile.ts'

// Whatever BigV answers, a call returns a value or throws an ApiError.

beforeEach(() => signIn(CREDENTIALS, false))
afterEach(() => {
  vi.unstubAllGlobals()
  signOut()
  queryClient.clear()
})

test.each(CALLS)(
  '$of ($sends) either accepts an answer of any kind, or throws an ApiError',
  async ({ makes, good }) => {
    let answer: unknown
    answerAll(() => answer)
    const outcomes = { taken: 0, refused: 0 }
    const answers = fc.oneof(hostileValue(), { weight: 4, arbitrary: mutated(good) })
    await fc.assert(
      fc.asyncProperty(answers, async (given) => {
        queryClient.clear()
        answer = given
        const error = await makes().then(
          () => null,
          (thrown: unknown) => thrown,
        )
        outcomes[error === null ? 'taken' : 'refused'] += 1
        if (error === null) return
        if (!(error instanceof ApiError)) throw error
        expect(error.message.length).toBeLessThan(5_000)
      }),
      { numRuns: 60 },
    )
    expect(outcomes.taken).toBeGreaterThan(0)
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
    expect(Object.keys(Object.prototype)).toEqual([])
  },
)
