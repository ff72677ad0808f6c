import { useState } from 'react'
import type { Credentials } from '../../session/credentials.ts'
import { useSession } from '../../session/session.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { part } from '../../ui/part.tsx'

const SignInAgain = part(async () => (await import('./sign-in-again.tsx')).SignInAgain)

/** When BigV no longer takes the credentials: asks over the page, and says that the page is stale when the user declines. */
export function SignInState({ onSignOut }: { onSignOut: () => void }) {
  const { credentials, expired, locked, remembered } = useSession()
  const [declined, setDeclined] = useState<Credentials | null>(null)
  if (credentials === null || !expired) return null
  if (declined === credentials) {
    return (
      <Notice
        tone="warn"
        role="alert"
        className="mb-4"
        title="You are no longer signed in"
        actions={
          <Button variant="primary" onClick={() => setDeclined(null)}>
            Sign in again
          </Button>
        }
      >
        What you see is stale, and nothing can be changed.
      </Notice>
    )
  }
  return (
    <SignInAgain
      why={locked ? 'locked' : 'expired'}
      credentials={credentials}
      remembered={remembered}
      onClose={() => setDeclined(credentials)}
      onSignOut={onSignOut}
    />
  )
}
