import { useWaitingChanges } from '../../operations/waiting-store.ts'
import { waitingInWords } from '../../operations/waiting-restart.ts'
import { Tag } from '../../ui/tag.tsx'

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
  if (whole) return <Tag tone="warn">waits for a restart: {what}</Tag>
  return (
    <Tag tone="warn" title={`waits for a restart: ${what}`} className="relative shrink-0">
      {/* Where there is little room, the name of the machine has it. */}
      <span aria-hidden className="hidden md:max-xl:inline">
        ↻
      </span>
      <span className="max-xl:sr-only">waits for a </span>
      <span className="md:max-xl:sr-only">restart</span>
      <span className="sr-only">: {what}</span>
    </Tag>
  )
}
