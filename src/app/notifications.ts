import { isEndingSoon, subscribeEndingSoon } from '../session-care/care.ts'
import { idleMinutes } from '../../session/idle-limit.ts'
import { dismissToast, toast } from '../../ui/toast/toast.ts'

const ID = 'session-ends'

/** Warns of the end of a session that nobody attends to, as long as it can be kept by a touch of anything. Call once. */
export function tellSessionEnds(): void {
  subscribeEndingSoon(() => {
    if (!isEndingSoon()) return dismissToast(ID)
    toast({
      id: ID,
      tone: 'warn',
      title: 'Is anybody here?',
      text: `Nobody was for nearly ${idleMinutes()} minutes, so the session ends within one. Touch the page or press a key to keep it.`,
    })
  })
}
