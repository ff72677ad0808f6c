import { useQuery } from '@tanstack/react-query'
import Key from 'lucide-react/icons/key'
import Trash2 from 'lucide-react/icons/trash'
import { useState } from 'react'
import { setKeys } from '../../actions/ssh-keys.ts'
import { queryClient } from '../../api/query-client.ts'
import { userQueries, type User } from '../../api/users.ts'
import { QueuedNotice } from '../../components/actions/queued-notice.tsx'
import { RequestPreview } from '../../components/actions/request-preview.tsx'
import { ResourceDialog } from '../../components/form-dialog.tsx'
import { LoadFailure } from '../../components/page/freshness.tsx'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import {
  fingerprint,
  keyChanges,
  keyLines,
  newKeysProblem,
  withKeys,
  withoutKey,
  type KeyLine,
} from '../../lib/ssh-keys.ts'
import { useResourceDisabledReason } from '../../operations/disabled-reason.ts'
import { bindResourceAction } from '../../operations/resource-action.ts'
import { useResourceAction } from '../../operations/use-action.ts'
import { useSession } from '../../session/session.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyButton } from '../../ui/code.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Form } from '../../ui/fields/field.tsx'
import { TextAreaField } from '../../ui/fields/text-field.tsx'
import { FormError, Notice } from '../../ui/notice.tsx'
import { Loading } from '../../ui/spinner.tsx'
import { Tag } from '../../ui/tag.tsx'

/** The user's SSH public keys in BigV. */
export function Component() {
  const { credentials } = useSession()
  const username = credentials?.username ?? ''
  const user = useQuery({ ...userQueries.one(username), refetchOnMount: 'always' })
  const [removing, setRemoving] = useState<KeyLine | null>(null)
  const disabledReasonOf = useResourceDisabledReason()
  const disabledReason =
    user.data && disabledReasonOf(setKeys, setKeys.target({ user: user.data, authorized_keys: '' }))
  const lines = keyLines(user.data?.authorized_keys)

  return (
    <>
      <PageTitle parts={['SSH keys']} failed={user.isError} />
      <p translate="no" className="mb-1 text-xs text-muted">
        {username}
      </p>
      <PageHeading>SSH keys</PageHeading>
      <p className="mt-1 mb-4 max-w-prose text-muted">
        Public keys for the out-of-band console (<code>ssh {username}@…</code>). They aren’t installed on your
        machines.
      </p>
      {user.isPending && <Loading>Loading your SSH keys…</Loading>}
      {user.isError && <LoadFailure what="the SSH keys" query={user} />}
      {user.data && (
        <div className="grid max-w-3xl gap-4">
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

/** One key: comment, type, and fingerprint, or the key's last characters if the browser can't compute one. */
function KeyItem({ entry, disabledReason, onRemove }: ItemProps) {
  const { line, type, blob, comment } = entry
  const print = useQuery({
    queryKey: ['fingerprint', blob],
    queryFn: () => fingerprint(blob),
    enabled: blob !== '',
    retry: false,
    staleTime: Infinity,
  })
  const name = comment || type || 'this line'
  return (
    <li className="flex items-center gap-2 px-3.5 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 wrap-anywhere">
          <span className="min-w-0 font-semibold">
            {comment || (type ? 'No comment' : 'Not a recognised key')}
          </span>
          {type && <Tag className="font-mono">{type}</Tag>}
        </p>
        <p className="mt-0.5 font-mono text-xs text-muted wrap-anywhere">
          {blob === '' ? line : (print.data ?? `…${blob.slice(-END)}`)}
        </p>
      </div>
      <CopyButton value={line} label={`Copy ${name}`} />
      <IconButton label={`Remove ${name}`} icon={Trash2} disabledReason={disabledReason} onClick={onRemove} />
    </li>
  )
}

function AddKeys({ user }: { user: User }) {
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const change = useSetKeys(user, withKeys(user.authorized_keys, typed))
  const { mutate, requests, isPending, queued, error, reset, disabledReason } = change
  const problem = newKeysProblem(user.authorized_keys, typed)

  const send = () => {
    setTried(true)
    if (problem !== null || isPending || disabledReason !== null) return
    mutate({
      onSuccess() {
        // If the user has entered something while the request was being sent, keep it.
        setTyped((now) => (now === typed ? '' : now))
        setTried(false)
      },
    })
  }

  return (
    <Card title="Add keys" padded>
      <Form className="grid gap-3" onSubmit={send}>
        <KeysFailure change={change} user={user} />
        <TextAreaField
          label="Public keys"
          hint="One per line, as in a .pub file: ssh-ed25519 AAAA… name."
          rows={3}
          value={typed}
          errors={tried && problem !== null ? [problem] : error?.fields['authorized_keys']}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            reset()
          }}
        />
        {queued && <QueuedNotice operation={queued} />}
        {problem === null && <RequestPreview requests={requests} />}
        <div>
          <Button type="submit" variant="primary" disabledReason={disabledReason} pending={isPending}>
            Add keys
          </Button>
        </div>
      </Form>
    </Card>
  )
}

/** Asks before a key is removed. */
export function RemoveKey({ user, remove, onClose }: { user: User; remove: KeyLine; onClose: () => void }) {
  const change = useSetKeys(user, withoutKey(user.authorized_keys, remove.line))
  const lines = keyLines(user.authorized_keys)
  const isRemoved = lines.every(({ line }) => line !== remove.line)
  return (
    <ResourceDialog
      title={`Remove ${remove.comment || remove.type || 'this line'}?`}
      description={`Once the key is removed, it can’t be used to sign in as ${user.username}. The other keys aren’t affected.`}
      label="Remove"
      danger
      change={change}
      problem={isRemoved && !change.isPending ? 'This key has already been removed.' : null}
      failure={null}
      onClose={onClose}
    >
      <KeysFailure change={change} user={user} />
      {lines.length === 1 && !isRemoved && (
        <Notice tone="warn" title="This is your last key">
          The official client can’t remove the last key. The dashboard sends an empty text, then checks if
          BigV accepted it.
        </Notice>
      )}
      <p className="font-mono text-xs wrap-anywhere text-muted">{remove.line}</p>
    </ResourceDialog>
  )
}

/** BigV stores a user's keys as one text, so each change writes all of them (docs/bigv-api.md#10-users-and-privileges). */
function useSetKeys(user: User, authorized_keys: string) {
  return useResourceAction(bindResourceAction(setKeys, { user, authorized_keys }), async (failure) => {
    // After a success, the cache is already up to date.
    if (failure === null) return
    await queryClient.invalidateQueries({ queryKey: userQueries.one(user.username).queryKey })
  })
}

interface FailureProps {
  change: ReturnType<typeof useSetKeys>
  /** The user with the current keys. */
  user: User
}

/** Explains why the change failed; if the keys were changed elsewhere, lists those changes. */
function KeysFailure({ change: { error, sentWith }, user }: FailureProps) {
  if (error === null) return null
  const shown = sentWith?.user ?? user
  if (error.sent || (shown.authorized_keys ?? '') === (user.authorized_keys ?? '')) {
    return <FormError title={error.title} text={error.text} details={error.details} />
  }
  const changes = keyChanges(keyLines(shown.authorized_keys), keyLines(user.authorized_keys))
  return (
    <Notice tone="warn" role="alert" title="Your keys were changed elsewhere">
      {changes.join(' ') || 'Only their order or spacing changed.'} So nothing has been sent yet. The request
      below now includes the change. Do you still want to send it?
    </Notice>
  )
}
