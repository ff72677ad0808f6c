import { expect, test } from 'vitest'
import { ApiError, type ErrorKind } from '../api/errors.ts'
import { asksForOtp, fieldAtFault, signInProblem, type Attempt } from './sign-in-problem.tsx'

interface Failure {
  by: 'BigV' | 'the auth service'
  status?: number
  kind?: ErrorKind
  says?: string
  sent?: 'no' | 'yes'
}

const failure = ({ by, status = 401, kind = 'refused', says, sent = 'yes' }: Failure) =>
  new ApiError('The message.', {
    kind,
    trace: {
      method: 'POST',
      path: by === 'BigV' ? '/accounts/acme' : '/auth/session',
      status,
      startedAt: 0,
      duration: 1,
    },
    sent,
    text: says,
  })
const BASIC = { method: 'basic', withOtp: false } as const
const explained = (of: Failure, attempt: Partial<Attempt> = {}) => {
  const { title, text, details } = signInProblem(failure(of), { ...BASIC, ...attempt })
  return [title, text, ...details]
}

const WRONG = 'Wrong username, password or one-time password'
const NEEDS_OTP = 'If your account needs a one-time password, enter it, too.'
const OLD_OTP = 'The one-time password may have expired: enter a new one.'
const TOKENS_ONLY = 'This BigV server may only accept session tokens: see Options.'

test.each([
  ['BigV’s 401', {}, [WRONG, NEEDS_OTP, TOKENS_ONLY]],
  ['BigV’s 401 to an OTP', { withOtp: true }, [WRONG, OLD_OTP, TOKENS_ONLY]],
  ['BigV’s 401 to a sign-in that worked before', { again: true }, [WRONG, NEEDS_OTP]],
  [
    'BigV’s 401 to a new OTP alone',
    { again: true, withOtp: true, otpAlone: true },
    [WRONG, 'Your password may have changed, too: enter everything again.'],
  ],
])('a failed sign-in says everything that may be wrong after %s', (_, attempt, lines) => {
  expect(explained({ by: 'BigV' }, attempt)).toEqual(lines)
})

test('a failed sign-in quotes BigV’s own words', () => {
  expect(explained({ by: 'BigV', says: 'Authentication failed' })).toContain(
    'BigV said: Authentication failed',
  )
})

test.each(['Bad login credentials', 'Badly-formed parameters', 'Authentication failed'])(
  'a failed sign-in quotes the auth service: %s',
  (says) => {
    for (const status of [400, 401, 403]) {
      expect(explained({ by: 'the auth service', status, says }, { method: 'token' })).toEqual([
        'The auth service refused your sign-in',
        `The auth service said: ${says}`,
      ])
    }
  },
)

test('a failed sign-in asks for an OTP only when the auth service does', () => {
  const missing = { by: 'the auth service', says: 'Missing 2FA' } as const
  expect(explained(missing, { method: 'token' })).toEqual([
    'Enter a Yubikey one-time password',
    'The auth service said: Missing 2FA',
  ])
  expect(asksForOtp(failure(missing))).toBe(true)
  expect(asksForOtp(failure({ by: 'the auth service', says: 'Bad login credentials' }))).toBe(false)
  expect(asksForOtp(failure({ ...missing, by: 'BigV' }))).toBe(false)
})

test('a failed sign-in doesn’t blame the password if BigV rejects the session token', () => {
  expect(explained({ by: 'BigV', says: 'Authentication failed' }, { method: 'token' })).toEqual([
    'BigV rejected the session token',
    'The auth service accepted your sign-in.',
    'BigV said: Authentication failed',
  ])
})

test.each([
  ['a time-out of BigV', { by: 'BigV', status: 0, kind: 'timeout' }, 'No answer from BigV'],
  [
    'the proxy’s 502 for BigV',
    { by: 'BigV', status: 502, kind: 'unreachable', sent: 'no' },
    'No answer from BigV',
  ],
  [
    'a lost connection to BigV',
    { by: 'BigV', status: 0, kind: 'unreachable', sent: 'no' },
    'Nothing was sent',
  ],
  [
    'the proxy’s 502 for the auth service',
    { by: 'the auth service', status: 502, kind: 'unreachable' },
    'No answer from the auth service',
  ],
  ['BigV’s 500', { by: 'BigV', status: 500, kind: 'failed', says: 'Oops' }, 'Sign-in failed'],
  [
    'the auth service’s 500',
    { by: 'the auth service', status: 500, kind: 'failed', says: 'Oops' },
    'Sign-in failed',
  ],
  ['the auth service’s 401 without a reason', { by: 'the auth service', status: 401 }, 'Sign-in failed'],
  ['BigV’s 403', { by: 'BigV', status: 403, says: 'Suspended' }, 'Sign-in failed'],
] as const)('a failed sign-in with correct credentials says what happened: %s', (_, of, title) => {
  expect(explained(of, { method: 'token' })).toEqual([title, 'The message.'])
})

test.each<[string, ApiError | RangeError, Partial<Attempt>, string | null]>([
  ['an account’s name that no URL can have', new RangeError('..'), {}, 'account'],
  ['BigV’s 404', failure({ by: 'BigV', status: 404 }), {}, 'account'],
  ['BigV’s 401', failure({ by: 'BigV' }), {}, 'password'],
  ['BigV’s 401 to an OTP', failure({ by: 'BigV' }), { withOtp: true }, 'otp'],
  ['BigV’s 401 to a session token', failure({ by: 'BigV' }), { method: 'token' }, null],
  ['the auth service’s refusal', failure({ by: 'the auth service' }), { method: 'token' }, 'password'],
  [
    'the auth service that asks for an OTP',
    failure({ by: 'the auth service', says: 'Missing 2FA' }),
    { method: 'token' },
    'otp',
  ],
  [
    'an OTP that no header can have',
    failure({ by: 'BigV', status: 0, sent: 'no' }),
    { withOtp: true },
    'otp',
  ],
  ['no answer', failure({ by: 'BigV', status: 502, kind: 'unreachable', sent: 'no' }), {}, null],
  ['BigV’s 500', failure({ by: 'BigV', status: 500, kind: 'failed' }), {}, null],
])('the field to correct is known after %s', (_, error, attempt, field) => {
  expect(fieldAtFault(error, { ...BASIC, ...attempt })).toBe(field)
})
