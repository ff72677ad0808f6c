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
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextAreaField } from '../../ui/fields/text-field.tsx'
import { FormError, Notice } from '../../ui/notice.tsx'

/** The form that adds keys, one a line, behind those that there are. */
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
        // What was typed meanwhile stays.
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
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
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

interface RemoveProps {
  user: User
  remove: KeyLine
  onClose: () => void
}

/** Asks before a key is removed, and shows what is left. */
export function RemoveKey({ user, remove, onClose }: RemoveProps) {
  const change = useSetKeys(user, withoutKey(user.authorized_keys, remove.line))
  const { mutate, requests, isPending, disabledReason } = change
  const lines = keyLines(user.authorized_keys)
  const gone = lines.every(({ line }) => line !== remove.line)
  const name = remove.comment || remove.type || 'this line'

  return (
    <Dialog
      open
      alert
      dismissible={!isPending}
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${name}?`}
      description={`Who has this key is no longer known by it as ${user.username}. The other keys stay.`}
      footer={
        <>
          <Button disabledReason={isPending ? 'It is being sent.' : null} onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="danger"
            disabledReason={disabledReason ?? (gone && !isPending ? 'It is not there any more.' : null)}
            pending={isPending}
            onClick={() => mutate({ onSuccess: onClose })}
          >
            Remove
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <KeysFailure change={change} user={user} />
        {lines.length === 1 && !gone && (
          <Notice tone="warn" title="It is the last key">
            An empty text is sent, and read back to see whether BigV took it: the official client cannot
            remove the last one.
          </Notice>
        )}
        <p className="font-mono text-xs wrap-anywhere text-muted">{remove.line}</p>
        <RequestPreview requests={requests} />
      </div>
    </Dialog>
  )
}

/** Writing all keys of a user, who is as the form shows them. */
function useSetKeys(user: User, authorized_keys: string) {
  return useThing(bindThing(setKeys, { user, authorized_keys }), async (failure) => {
    // What was read back is shown already.
    if (failure === null) return
    await queryClient.invalidateQueries({ queryKey: userQueries.one(user.username).queryKey })
  })
}

interface FailureProps {
  change: ReturnType<typeof useSetKeys>
  /** With the keys as they are now. */
  user: User
}

/** Why the keys are not as they were to be; where somebody else has changed them, what that was. */
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
