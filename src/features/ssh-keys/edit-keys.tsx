import { useState } from 'react'
import { setKeys } from '../../actions/ssh-keys.ts'
import { queryClient } from '../../api/query-client.ts'
import { type User, userQueries } from '../../api/users.ts'
import { RequestPreview } from '../../components/actions/request-preview.tsx'
import {
  keyChanges,
  type KeyLine,
  keyLines,
  newKeysProblem,
  withKeys,
  withoutKey,
} from '../../lib/ssh-keys.ts'
import { bindThing } from '../../operations/thing.ts'
import { useThing } from '../../operations/use-action.ts'
import { ThingDialog } from '../../components/form-dialog.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextAreaField } from '../../ui/fields/text-field.tsx'
import { FormError, Notice } from '../../ui/notice.tsx'

export function AddKeys({ user }: { user: User }) {
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const change = useSetKeys(user, withKeys(user.authorized_keys, typed))
  const { mutate, requests, isPending, error, reset, disabledReason } = change
  const problem = newKeysProblem(user.authorized_keys, typed)

  const send = () => {
    setTried(true)
    if (problem !== null || isPending || disabledReason !== null) return
    mutate({
      onSuccess() {
        // Keep what was typed while sending.
        setTyped((now) => (now === typed ? '' : now))
        setTried(false)
      },
    })
  }

  return (
    <Card title="Add keys" padded>
      <form
        noValidate
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <KeysFailure change={change} user={user} />
        <TextAreaField
          label="Public keys"
          hint="One a line, as in a .pub file: ssh-ed25519 AAAA… name."
          mono
          rows={3}
          value={typed}
          errors={tried && problem !== null ? [problem] : error?.fields['authorized_keys']}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            reset()
          }}
        />
        {problem === null && <RequestPreview requests={requests} />}
        <div>
          <Button type="submit" variant="primary" disabledReason={disabledReason} pending={isPending}>
            Add
          </Button>
        </div>
      </form>
    </Card>
  )
}

/** Asks before a key is removed, and shows what is left. */
export function RemoveKey({ user, remove, onClose }: { user: User; remove: KeyLine; onClose: () => void }) {
  const change = useSetKeys(user, withoutKey(user.authorized_keys, remove.line))
  const lines = keyLines(user.authorized_keys)
  const gone = lines.every(({ line }) => line !== remove.line)
  return (
    <ThingDialog
      title={`Remove ${remove.comment || remove.type || 'this line'}?`}
      description={`Who has this key is no longer known by it as ${user.username}. The other keys stay.`}
      label="Remove"
      danger
      change={change}
      problem={gone && !change.isPending ? 'It is not there any more.' : null}
      failure={null}
      onClose={onClose}
    >
      <KeysFailure change={change} user={user} />
      {lines.length === 1 && !gone && (
        <Notice tone="warn" title="It is the last key">
          An empty text is sent, and read back to see whether BigV took it: the official client cannot remove
          the last one.
        </Notice>
      )}
      <p className="font-mono text-xs wrap-anywhere text-muted">{remove.line}</p>
    </ThingDialog>
  )
}

/** BigV has one text for all keys of a user: each change writes all of them. */
function useSetKeys(user: User, authorized_keys: string) {
  return useThing(bindThing(setKeys, { user, authorized_keys }), async (failure) => {
    // After a success the cache is up to date.
    if (failure === null) return
    await queryClient.invalidateQueries({ queryKey: userQueries.one(user.username).queryKey })
  })
}

interface FailureProps {
  change: ReturnType<typeof useSetKeys>
  /** With the keys as they are now. */
  user: User
}

/** Why the change failed; if somebody else has changed the keys, how. */
function KeysFailure({ change: { error, sentWith }, user }: FailureProps) {
  if (error === null) return null
  const shown = sentWith?.user ?? user
  if (error.sent || (shown.authorized_keys ?? '') === (user.authorized_keys ?? '')) {
    return <FormError title={error.title} text={error.text} details={error.details} />
  }
  const changes = keyChanges(keyLines(shown.authorized_keys), keyLines(user.authorized_keys))
  return (
    <Notice tone="warn" role="alert" title="The keys have changed since they were shown">
      {changes.join(' ') || 'Their order or spacing is another.'} Nothing was sent. The request below is made
      anew from what is there now. Is it still what you want?
    </Notice>
  )
}
