import { setKeys } from '../../actions/access.ts'
import { queryClient } from '../../api/query-client.ts'
import { userQueries, type User } from '../../api/users.ts'
import { keyChanges, keyLines } from '../../lib/ssh-keys.ts'
import { bindThing } from '../../operations/thing.ts'
import { useThing } from '../../operations/use-action.ts'
import { FormError } from '../../ui/notice.tsx'
import { Notice } from '../../ui/notice.tsx'

/** Writing all keys of a user, who is as the form shows them. */
export function useSetKeys(user: User, authorized_keys: string) {
  return useThing(bindThing(setKeys, { user, authorized_keys }), async (failure) => {
    // What was read back is shown already.
    if (failure === null) return
    await queryClient.invalidateQueries({ queryKey: userQueries.one(user.username).queryKey })
  })
}

interface Props {
  change: ReturnType<typeof useSetKeys>
  /** With the keys as they are now. */
  user: User
}

/** Why the keys are not as they were to be; where somebody else has changed them, what that was. */
export function KeysFailure({ change: { error, sentWith }, user }: Props) {
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
