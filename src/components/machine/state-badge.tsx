import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { useNowSelected } from '../../lib/use-now.ts'
import { isOverdue, type Operation } from '../../operations/operation.ts'
import { pendingInWords, usePendingChanges } from '../../operations/pending-restart.ts'
import { useShouldBeOn } from '../../operations/restarting-since.ts'
import { stateOf, type MachineState } from '../../operations/state.ts'
import { Tag } from '../../ui/tag.tsx'
import { Elapsed } from '../elapsed.tsx'

const LOOKS: Record<MachineState['kind'], { mark: string; text: string }> = {
  running: { mark: 'mark-running', text: 'text-ok' },
  stopped: { mark: 'mark-stopped', text: 'text-muted' },
  restarting: { mark: 'mark-restarting', text: 'text-warn' },
  deleted: { mark: 'mark-deleted', text: 'text-danger' },
  moving: { mark: 'mark-moving', text: 'text-accent' },
}

const QUEUED = { mark: 'mark-queued', text: 'text-muted' }

interface Props {
  vm: Pick<VirtualMachine, 'power_on' | 'autoreboot_on' | 'deleted'>
  creating: boolean
  operation: Operation | undefined
  /** True if the machine waits for its turn in a bulk run, where it has no operation yet. */
  queued?: boolean
  /** True if the data may be out of date. */
  stale: boolean
}

/** A machine's state, shown by a shape and a word as well as by colour. */
export function StateBadge({ vm, creating, operation, queued = false, stale }: Props) {
  const { kind, word: own, since } = stateOf(vm, creating, operation)
  const word = queued && kind !== 'moving' && kind !== 'deleted' ? 'Queued' : own
  const { mark, text } = word === 'Queued' ? QUEUED : LOOKS[kind]
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium ${stale ? 'text-muted italic' : text}`}>
      <span aria-hidden className={mark} />
      <span>{word}</span>
      {since !== null && (
        <span className="text-xs font-normal text-muted not-italic">
          <Elapsed since={since} />
        </span>
      )}
      {operation && <OverdueTag operation={operation} />}
    </span>
  )
}

function OverdueTag({ operation }: { operation: Operation }) {
  const overdue = useNowSelected((now) => isOverdue(operation, now))
  return overdue ? <Tag tone="warn">overdue</Tag> : null
}

/** Shown for a machine that has been restarting for too long (operations/restarting-since.ts). */
export function ShouldBeOnTag({ id }: { id: number }) {
  const isOverdue = useShouldBeOn().has(id)
  return isOverdue ? (
    <Tag tone="warn" title="BigV should have turned it back on by now." className="ml-1.5">
      should be on
    </Tag>
  ) : null
}

interface WaitingProps {
  account: string
  id: number
  /** True to list the changes in the tag; otherwise only the tooltip and screen readers list them. */
  whole?: boolean
}

/** Shown while changes that were made in this browser wait for a restart of the machine. */
export function WaitingTag({ account, id, whole = false }: WaitingProps) {
  const pending = usePendingChanges(account, id)
  if (pending.length === 0) return null
  const what = pendingInWords(pending)
  if (whole) return <Tag tone="warn">waits for a restart: {what}</Tag>
  return (
    <Tag tone="warn" title={`waits for a restart: ${what}`} className="relative shrink-0">
      {/* Short, to leave room for the machine's name: in a window of 1280 px, its column is 133 px wide. */}
      <span aria-hidden className="hidden md:max-2xl:inline">
        ↻
      </span>
      <span className="sr-only">waits for a </span>
      <span className="md:max-2xl:sr-only">restart</span>
      <span className="sr-only">: {what}</span>
    </Tag>
  )
}
