import { useEffect } from 'react'
import { otpDialog, useOtpEnd, useOtpWindow } from '../../components/otp.tsx'
import { formatSpan } from '../../lib/times.ts'
import { countOf } from '../../lib/units.ts'
import { useNowSelected } from '../../lib/use-now.ts'
import { allAfter } from '../../operations/batch/otp-forecast.ts'
import { useSession } from '../../session/session.ts'
import { Button } from '../../ui/button.tsx'
import { SignInAgain } from './sign-in-again.tsx'

const MINUTE_MS = 60_000
const WARN_BEFORE_MS = 3 * MINUTE_MS

/**
 * Warns before the one-time password expires, or if queued changes would be sent after that, and opens the dialog to enter a new one. The
 * privileges say how long BigV accepts the password; if they cannot be fetched, the password's age is shown instead.
 */
export function OtpAge({ onSignOut }: { onSignOut: () => void }) {
  const { credentials, remembered, since, expired } = useSession()
  const { span, known, failed } = useOtpWindow()
  const end = useOtpEnd()
  const renewing = otpDialog.use()
  const text = useNowSelected((now) => ageText(now - since, span, expired))
  const [, before = '', rest = text] = /^(OTP valid for )(.*)/.exec(text) ?? []
  const late = useNowSelected((now) => (end === null ? 0 : allAfter(end, now)))
  const near = useNowSelected((now) => span !== null && now - since >= span - WARN_BEFORE_MS)
  const soon = near || late > 0
  // Closes the dialog at sign-out and when the OTP expires, so that it appears neither for the next user nor after signing in again.
  useEffect(() => () => otpDialog.set(false), [expired])
  // No privilege requires an OTP, so its age does not matter.
  if (credentials === null || (known && span === null)) return null
  const described = describe(since, span, late)
  return (
    <>
      {(soon || expired || failed) && (
        <Button
          variant="quiet"
          size="small"
          className={`tabular-nums ${soon || expired ? 'text-warn! max-sm:px-1!' : 'max-sm:hidden'}`}
          aria-description={described}
          title={described}
          onClick={() => otpDialog.set(true)}
        >
          {/* A phone has room only for the time. */}
          <span className="max-sm:sr-only">{before}</span>
          {rest}
        </Button>
      )}
      {renewing && !expired && (
        <SignInAgain
          why="early"
          credentials={credentials}
          remembered={remembered}
          onClose={() => otpDialog.set(false)}
          onSignOut={onSignOut}
        />
      )}
    </>
  )
}

function ageText(age: number, span: number | null, expired: boolean): string {
  if (expired || (span !== null && age >= span)) return 'OTP expired'
  if (span === null) return `OTP ${Math.max(0, Math.floor(age / MINUTE_MS))} min old`
  const left = span - age
  return `OTP valid for ${formatSpan(left < MINUTE_MS ? left : Math.floor(left / MINUTE_MS) * MINUTE_MS)}`
}

function describe(since: number, span: number | null, late: number): string {
  const at = new Date(since).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  const first = `The one-time password was first sent at ${at}.`
  if (span === null) return `${first} It isn’t known how long BigV accepts it. Press to enter a new one.`
  const after = late === 0 ? '' : ` ${countOf(late, 'queued change')} would be sent after that.`
  return `${first} BigV accepts it for ${formatSpan(span)}.${after} Press to enter a new one.`
}
