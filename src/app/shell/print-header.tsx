import { useState } from 'react'
import { usePrinting } from '../../lib/browser/printing.ts'
import { useSession } from '../../session/session.ts'

/** Begins what is printed: from where it is, whose machines these are, and when that was. */
export function PrintHeader({ account }: { account: string }) {
  return usePrinting() && <Printed account={account} />
}

function Printed({ account }: { account: string }) {
  const username = useSession(({ credentials }) => credentials?.username)
  const [at] = useState(() => new Date())
  return (
    <p role="note" aria-label="Printed" className="mb-3 border-b border-line pb-1.5 text-xs">
      BigV at {location.host}, account {account}, user {username}, printed{' '}
      {at.toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'medium' })}
    </p>
  )
}
