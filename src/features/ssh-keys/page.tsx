import { useQuery } from '@tanstack/react-query'
import { Key } from 'lucide-react'
import { useState } from 'react'
import { userQueries } from '../../api/users.ts'
import { LoadFailure } from '../../components/page/load-failure.tsx'
import { PageHeading } from '../../components/page/page-heading.tsx'
import { PageTitle } from '../../components/page/page-title.tsx'
import { keyLines, type KeyLine } from '../../lib/ssh-keys.ts'
import { useSession } from '../../session/session.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { AddKeys } from './add-keys.tsx'
import { KeyItem } from './key-item.tsx'
import { RemoveKey } from './remove-key.tsx'
import { useKeysReason } from './use-save-keys.ts'

/** The SSH public keys by which BigV knows the user. */
export function Component() {
  const { credentials } = useSession()
  const username = credentials?.username ?? ''
  const user = useQuery({ ...userQueries.one(username), refetchOnMount: 'always' })
  const [removing, setRemoving] = useState<KeyLine | null>(null)
  const disabledReason = useKeysReason(user.data)
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
