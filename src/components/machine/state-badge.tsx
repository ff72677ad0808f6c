import type { VirtualMachine } from '../../api/virtual-machine.ts'
import { isOverdue, type Operation } from '../../operations/operation.ts'
import { stateOf, type MachineState } from '../../operations/state.ts'
import { Tag } from '../../ui/tag.tsx'
import { Elapsed } from '../elapsed.tsx'
import { useNowSelected } from '../../lib/use-now.ts'

const LOOKS: Record<MachineState['kind'], { mark: string; text: string }> = {
  running: { mark: 'mark-running', text: 'text-ok' },
  stopped: { mark: 'mark-stopped', text: 'text-muted' },
  restarting: { mark: 'mark-restarting', text: 'text-warn' },
  deleted: { mark: 'mark-deleted', text: 'text-danger' },
  moving: { mark: 'mark-moving', text: 'text-accent' },
}

interface Props {
  vm: Pick<VirtualMachine, 'power_on' | 'autoreboot_on' | 'deleted'>
  creating: boolean
  operation: Operation | undefined
  /** The last reading may no longer be true. */
  stale: boolean
}

/** A machine's state: shape and words first, colour second. */
export function StateBadge({ vm, creating, operation, stale }: Props) {
  const { kind, word, since } = stateOf(vm, creating, operation)
  const { mark, text } = LOOKS[kind]
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
