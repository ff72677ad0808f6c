import { schedulesOf } from '../api/backups.ts'
import type { Disc, VirtualMachine } from '../api/virtual-machine.ts'
import type { Operation } from './operation.ts'

/**
 * Takes a disc as it was read before a backup of it is asked for, and returns what has to be read back: that it has one more. How
 * many it has is told by newer brains only (API reference, "Discs").
 */
export function backupExpected(disc: Disc | undefined): Record<string, unknown> {
  const count = disc?.['backup_count']
  return { id: disc?.id, backup_count: typeof count === 'number' ? count + 1 : null }
}

/** Takes an operation and the machine as it was read afterwards, and says what it says of backups; null when it is about none. */
export function judgeBackup(
  { action, expects }: Pick<Operation, 'action' | 'expects'>,
  { discs }: Pick<VirtualMachine, 'discs'>,
): { is: 'done' | 'overtaken'; note: string } | { is: 'waiting' } | null {
  if (action !== 'backup_disc' && action !== 'schedule_backups') return null
  const disc = discs?.find(({ id }) => id === expects?.['id'])
  if (discs && disc === undefined) return { is: 'overtaken', note: 'The machine has this disc no more.' }
  return action === 'backup_disc' ? judgeCount(disc, expects) : judgeSchedules(disc, expects)
}

function judgeCount(disc: Disc | undefined, expects: Operation['expects']) {
  const [count, expected] = [disc?.['backup_count'], expects?.['backup_count']]
  if (typeof count !== 'number' || typeof expected !== 'number') {
    return { is: 'done', note: 'BigV took it, but does not say how many backups the disc has.' } as const
  }
  return count >= expected ? ({ is: 'done', note: '' } as const) : ({ is: 'waiting' } as const)
}

function judgeSchedules(disc: Disc | undefined, expects: Operation['expects']) {
  const schedules = disc && schedulesOf(disc)
  if (!schedules)
    return { is: 'done', note: 'BigV took it, but does not say which schedules there are.' } as const
  // How BigV writes the time is its own affair.
  const there = schedules.some(
    ({ interval_seconds, capacity }) =>
      interval_seconds === expects?.['interval_seconds'] && (capacity ?? 0) === expects['capacity'],
  )
  return there ? ({ is: 'done', note: '' } as const) : ({ is: 'waiting' } as const)
}
