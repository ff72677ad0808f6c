import type { User } from '../../api/users.ts'
import { RequestPreview } from '../../components/actions/request-preview.tsx'
import { keyLines, withoutKey, type KeyLine } from '../../lib/ssh-keys.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { SaveProblem } from './save-problem.tsx'
import { keysRequest, useKeysReason, useSaveKeys } from './use-save-keys.ts'

interface Props {
  user: User
  remove: KeyLine
  onClose: () => void
}

/** Asks before a key is removed, and shows what is left. */
export function RemoveKey({ user, remove, onClose }: Props) {
  const { saving, problem, save } = useSaveKeys()
  const disabledReason = useKeysReason(user)
  const lines = keyLines(user.authorized_keys)
  const gone = lines.every(({ line }) => line !== remove.line)
  const next = withoutKey(user.authorized_keys, remove.line)
  const name = remove.comment || remove.type || 'this line'

  const send = async () => {
    if (await save(user, next)) onClose()
  }

  return (
    <Dialog
      open
      alert
      dismissible={!saving}
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${name}?`}
      description={`Who has this key is no longer known by it as ${user.username}. The other keys stay.`}
      footer={
        <>
          <Button disabledReason={saving ? 'It is being sent.' : null} onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="danger"
            disabledReason={disabledReason ?? (gone && !saving ? 'It is not there any more.' : null)}
            pending={saving}
            onClick={() => void send()}
          >
            Remove
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <SaveProblem problem={problem} />
        {lines.length === 1 && !gone && (
          <Notice tone="warn" title="It is the last key">
            An empty text is sent, and read back to see whether BigV took it: the official client cannot
            remove the last one.
          </Notice>
        )}
        <p className="font-mono text-xs wrap-anywhere text-muted">{remove.line}</p>
        <RequestPreview requests={[keysRequest(user.id, next)]} />
      </div>
    </Dialog>
  )
}
