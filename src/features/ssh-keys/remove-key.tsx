import type { User } from '../../api/users.ts'
import { RequestPreview } from '../../components/actions/request-preview.tsx'
import { keyLines, withoutKey, type KeyLine } from '../../lib/ssh-keys.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { KeysFailure, useSetKeys } from './set-keys.tsx'

interface Props {
  user: User
  remove: KeyLine
  onClose: () => void
}

/** Asks before a key is removed, and shows what is left. */
export function RemoveKey({ user, remove, onClose }: Props) {
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
