import { useQuery } from '@tanstack/react-query'
import { otpWindow, privilegeQueries } from '../api/privileges.ts'
import { createStore } from '../lib/store.ts'
import { atWhen } from '../lib/times.ts'
import { useNowSelected } from '../lib/use-now.ts'
import { isToken } from '../session/credentials.ts'
import { useSession } from '../session/session.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

const FRESH_MS = 5 * 60_000

/** True while the dialog is open in which the user enters a new OTP before the current one expires. The header shows that dialog. */
export const otpDialog = createStore(false)

/**
 * How long BigV accepts this session's OTP (`span`, in ms), according to the user's privileges. `span` is null if the session needs no OTP,
 * or if the privileges aren't loaded; `failed` is true if they couldn't be.
 */
export function useOtpWindow(): { span: number | null; known: boolean; failed: boolean } {
  const { credentials } = useSession()
  const hasOtp = credentials !== null && !isToken(credentials) && credentials.otp !== ''
  const { data, isLoadingError } = useQuery({
    ...privilegeQueries.ofUser(credentials?.username ?? ''),
    enabled: hasOtp,
    staleTime: FRESH_MS,
    retry: false,
  })
  const known = hasOtp && data !== undefined
  return { span: known ? otpWindow(data) : null, known, failed: isLoadingError }
}

/** When BigV stops accepting this session's OTP, in ms since 1970; null if that isn't known or the session needs no OTP. */
export function useOtpEnd(): number | null {
  const { since } = useSession()
  const { span } = useOtpWindow()
  const isClockSetBack = useNowSelected((now) => since > now)
  // While the clock is behind the time of the sign-in, the OTP's age is unknown.
  return span === null || isClockSetBack ? null : since + span
}

interface ForecastProps {
  /** How many changes there are in all. */
  total: number
  /** What is counted, if not machines. */
  of?: 'steps' | 'key presses'
  /** How many of the changes would be sent at `end` or later; null if the pace isn't known yet. */
  after: (end: number, now: number) => number | null
}

/** Says how many changes would be sent after the OTP expires, or just when it expires if nobody knows how fast the changes go. */
export function OtpForecast({ total, of, after }: ForecastProps) {
  const end = useOtpEnd()
  const count = useNowSelected((now) => (end === null ? null : after(end, now)))
  const expired = useNowSelected((now) => end !== null && now >= end)
  if (end === null || count === 0) return null
  const minute = atWhen(end).replace(/(\d\d:\d\d):\d\d$/, '$1')
  const at = `${expired ? 'expired' : 'expires'} ${minute}`
  if (count === null) return <p className="text-xs text-muted">Your OTP {at}.</p>
  return (
    <Notice
      tone="warn"
      role="status"
      actions={<Button onClick={() => otpDialog.set(true)}>Enter a new OTP</Button>}
    >
      {count} of {total} {of && `${of} `}would be sent after your OTP {at}.
    </Notice>
  )
}
