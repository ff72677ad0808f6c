import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { otpAgeMs, privilegeQueries, type Privilege } from '../../api/privileges.ts'
import { formatSpan } from '../../lib/times.ts'
import { useNowSelected } from '../../lib/use-now.ts'
import { useSession } from '../../session/session.ts'
import { Button } from '../../ui/button.tsx'
import { SignInAgain } from './sign-in-again.tsx'

const MINUTE_MS = 60_000
const WARN_BEFORE_MS = 3 * MINUTE_MS

/**
 * How long an OTP stays valid for all privileges, in ms: the shortest limit of the privileges that require an OTP. Null if none requires
 * one.
 */
export function otpWindow(privileges: readonly Privilege[]): number | null {
  const ages = privileges.filter(({ yubikey_required }) => yubikey_required).map(otpAgeMs)
  return ages.length === 0 ? null : Math.min(...ages)
}

/**
 * Warns before the one-time password expires, and opens the dialog to enter a new one. The privileges say how long BigV accepts the
 * password; if they cannot be fetched, the password's age is shown instead.
 */
export function OtpAge({ username, onSignOut }: { username: string; onSignOut: () => void }) {
  const { credentials, remembered, since, expired } = useSession()
  const own = useQuery({ ...privilegeQueries.ofUser(username), staleTime: 5 * MINUTE_MS, retry: false })
  const [renewing, setRenewing] = useState(false)
  const span = own.data === undefined ? null : otpWindow(own.data)
  const text = useNowSelected((now) => ageText(now - since, span, expired))
  const [, before = '', rest = text] = /^(OTP valid for )(.*)/.exec(text) ?? []
  const soon = useNowSelected((now) => span !== null && now - since >= span - WARN_BEFORE_MS)
  // No privilege requires an OTP, so its age does not matter.
  if (credentials === null || (own.data !== undefined && span === null)) return null
  if (!soon && !expired && !own.isLoadingError) return null
  return (
    <>
      <Button
        variant="quiet"
        size="small"
        className={`tabular-nums ${soon || expired ? 'text-warn! max-sm:px-1!' : 'max-sm:hidden'}`}
        aria-description={describe(since, span)}
        title={describe(since, span)}
        onClick={() => setRenewing(true)}
      >
        {/* A phone has room only for the time. */}
        <span className="max-sm:sr-only">{before}</span>
        {rest}
      </Button>
      {renewing && !expired && (
        <SignInAgain
          why="early"
          credentials={credentials}
          remembered={remembered}
          onClose={() => setRenewing(false)}
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

function describe(since: number, span: number | null): string {
  const at = new Date(since).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  const first = `The one-time password was first sent at ${at}.`
  return span === null
    ? `${first} It isn’t known how long BigV accepts it. Press to enter a new one.`
    : `${first} BigV accepts it for ${formatSpan(span)}. Press to enter a new one.`
}
