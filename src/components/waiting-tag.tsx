import { useWaitingChanges } from '../operations/waiting-store.ts'
import { waitingInWords } from '../operations/waiting-restart.ts'
import { Tag } from '../ui/tag.tsx'

interface Props {
  account: string
  id: number
  /** Says what waits, too; else that is in its title, and read out. */
  whole?: boolean
}

/** That changes made from this browser wait for a restart of the machine. */
export function WaitingTag({ account, id, whole = false }: Props) {
  const waiting = useWaitingChanges(account, id)
  if (waiting.length === 0) return null
  const what = waitingInWords(waiting)
  return (
    <Tag tone="warn" className={whole ? '' : 'min-w-0 shrink-[99] truncate'} title={whole ? undefined : what}>
      waits for a restart{whole ? `: ${what}` : <span className="sr-only">: {what}</span>}
    </Tag>
  )
}
