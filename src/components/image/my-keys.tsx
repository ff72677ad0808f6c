import Key from 'lucide-react/icons/key'
import { useState } from 'react'
import { Link } from 'react-router'
import { messageOf } from '../../api/errors.ts'
import { queryClient } from '../../api/query-client.ts'
import { userQueries } from '../../api/users.ts'
import { links } from '../../lib/links.ts'
import { missingKeys, withKeys } from '../../lib/ssh-keys.ts'
import { countOf } from '../../lib/units.ts'
import { useSession } from '../../session/session.ts'
import { Button } from '../../ui/button.tsx'

/** The user's keys are fetched again when they are older than this. */
const FRESH_MS = 60_000

interface Props {
  /** The keys in the field, one per line. */
  keys: string
  onChange: (keys: string) => void
}

type Result = { added: number } | { failed: string } | null

/** Adds the SSH keys that the signed-in user has in BigV to the field, and says how many those were. */
export function UseMyKeys({ keys, onChange }: Props) {
  const username = useSession().credentials?.username ?? ''
  const [pending, setPending] = useState(false)
  const [result, setResult] = useState<Result>(null)

  const add = async () => {
    setPending(true)
    setResult(null)
    try {
      const user = await queryClient.fetchQuery({ ...userQueries.one(username), staleTime: FRESH_MS })
      const missing = missingKeys(keys, user.authorized_keys)
      if (missing === null) return setResult({ failed: 'none' })
      onChange(withKeys(keys, missing.join('\n')))
      setResult({ added: missing.length })
    } catch (error) {
      setResult({ failed: messageOf(error) })
    } finally {
      setPending(false)
    }
  }

  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-2.5 gap-y-1">
      <Button size="small" pending={pending} onClick={() => void add()}>
        <Key size={14} aria-hidden />
        Use my BigV keys
      </Button>
      <p aria-live="polite" className="text-xs text-muted wrap-anywhere">
        <Outcome result={result} />
      </p>
    </div>
  )
}

function Outcome({ result }: { result: Result }) {
  if (result === null) return null
  if ('added' in result)
    return result.added === 0 ? 'Your BigV keys are already here.' : `${countOf(result.added, 'key')} added.`
  if (result.failed !== 'none') return `Couldn’t load your keys. ${result.failed}`
  return (
    <>
      You have no SSH keys in BigV.{' '}
      <Link to={links.keys()} className="text-accent underline">
        Add one
      </Link>
    </>
  )
}
