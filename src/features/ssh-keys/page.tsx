import { useQuery } from '@tanstack/react-query'
import { Key, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { setKeys } from '../../actions/access.ts'
import { userQueries } from '../../api/users.ts'
import { LoadFailure } from '../../components/page/load-failure.tsx'
import { PageHeading } from '../../components/page/page-heading.tsx'
import { PageTitle } from '../../components/page/page-title.tsx'
import { fingerprint, keyLines, type KeyLine } from '../../lib/ssh-keys.ts'
import { useThingDisabledReason } from '../../operations/disabled-reason.ts'
import { useSession } from '../../session/session.ts'
import { CopyButton } from '../../ui/code.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Tag } from '../../ui/tag.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { AddKeys } from './add-keys.tsx'
import { RemoveKey } from './remove-key.tsx'

/** The SSH public keys by which BigV knows the user. */
export function Component() {
  const { credentials } = useSession()
  const username = credentials?.username ?? ''
  const user = useQuery({ ...userQueries.one(username), refetchOnMount: 'always' })
  const [removing, setRemoving] = useState<KeyLine | null>(null)
  const disabledReasonOf = useThingDisabledReason()
  const disabledReason =
    user.data && disabledReasonOf(setKeys, setKeys.target({ user: user.data, authorized_keys: '' }))
  const lines = keyLines(user.data?.authorized_keys)

  return (
    <>
      <PageTitle parts={['SSH keys']} failed={user.isError} />
      <p className="mb-1 text-xs text-muted">{username}</p>
      <PageHeading>SSH keys</PageHeading>
      <p className="mt-1 mb-4 max-w-prose text-muted">
        The public keys by which BigV knows {username}. They are not those of the users inside your machines.
      </p>
      {user.isPending && (
        <p role="status" className="flex items-center gap-2 text-muted">
          <Spinner /> The keys are being read…
        </p>
      )}
      {user.isError && (
        <LoadFailure what="The SSH keys" error={user.error} onRetry={() => void user.refetch()} />
      )}
      {user.data && (
        <div className="grid gap-4">
          <Card title={lines.length === 1 ? '1 key' : `${lines.length} keys`}>
            {lines.length === 0 ? (
              <EmptyState icon={<Key size={32} />} title="No keys yet" />
            ) : (
              <ul aria-label="Keys" className="divide-y divide-line">
                {lines.map((entry) => (
                  <KeyItem
                    key={entry.line}
                    entry={entry}
                    disabledReason={disabledReason}
                    onRemove={() => setRemoving(entry)}
                  />
                ))}
              </ul>
            )}
          </Card>
          <AddKeys user={user.data} />
          {removing && <RemoveKey user={user.data} remove={removing} onClose={() => setRemoving(null)} />}
        </div>
      )}
    </>
  )
}

interface ItemProps {
  entry: KeyLine
  disabledReason: string | null | undefined
  onRemove: () => void
}

const END = 12

/** One key: its comment, its type, and its fingerprint, or how it ends where the browser cannot make one. */
function KeyItem({ entry, disabledReason, onRemove }: ItemProps) {
  const { line, type, blob, comment } = entry
  const print = useQuery({
    queryKey: ['fingerprint', blob],
    queryFn: () => fingerprint(blob),
    enabled: blob !== '',
    retry: false,
    staleTime: Infinity,
  })
  const name = comment || type || 'the line'
  return (
    <li className="flex items-center gap-2 px-3.5 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 wrap-anywhere">
          <span className="min-w-0 font-semibold">
            {comment || (type ? 'No comment' : 'Not a key that is known here')}
          </span>
          {type && <Tag className="font-mono">{type}</Tag>}
        </p>
        <p className="mt-0.5 font-mono text-xs text-muted wrap-anywhere">
          {blob === '' ? line : (print.data ?? `…${blob.slice(-END)}`)}
        </p>
      </div>
      <CopyButton value={line} label={`Copy ${name}`} />
      <IconButton label={`Remove ${name}`} disabledReason={disabledReason} onClick={onRemove}>
        <Trash2 size={16} aria-hidden />
      </IconButton>
    </li>
  )
}
