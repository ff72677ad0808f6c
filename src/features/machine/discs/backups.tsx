import { backUpDisc, scheduleBackups } from '../../../actions/backups.ts'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { backupQueries, schedulesOf, type Backup } from '../../../api/backups.ts'
import { messageOf } from '../../../api/errors.ts'
import { isNotFound } from '../../../api/query-client.ts'
import type { Disc } from '../../../api/virtual-machines.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { formatMib } from '../../../lib/units.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { BackupDisc, everyText, ScheduleBackups } from './backup-dialogs.tsx'
import type { MachineInGroup } from '../../../components/machine/machine-in-group.ts'

/** The backups of the machine's discs and their schedules. Nothing on an older BigV, which has no backups. */
export function Backups(props: MachineInGroup & { discs: readonly Disc[] }) {
  const { group, machine, discs } = props
  const lists = useQueries({
    queries: discs.map((disc) => backupQueries.ofDisc(group, machine.vm.id, disc.id)),
  })
  const disabledReasonOf = useDisabledReason(machine)
  const [open, setOpen] = useState<{ to: 'back up' | 'schedule'; disc: Disc } | null>(null)
  const shown = discs.flatMap((disc, index) => {
    const list = lists[index]
    return list === undefined || list.isPending || isNotFound(list.error) ? [] : [{ disc, list }]
  })
  const close = () => setOpen(null)
  if (shown.length === 0) return null
  return (
    <Card title="Backups">
      <ul className="divide-y divide-line">
        {shown.map(({ disc, list }) => (
          <li key={disc.id} aria-label={`Backups of ${disc.label}`} className="px-3.5 py-2.5">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
              <h3 className="min-w-0 flex-1 font-mono text-xs font-semibold wrap-anywhere">{disc.label}</h3>
              <Button
                size="small"
                aria-label={`Back up ${disc.label}`}
                disabledReason={disabledReasonOf(backUpDisc)}
                onClick={() => setOpen({ to: 'back up', disc })}
              >
                Back up
              </Button>
              <Button
                size="small"
                aria-label={`Schedule backups of ${disc.label}`}
                disabledReason={disabledReasonOf(scheduleBackups)}
                onClick={() => setOpen({ to: 'schedule', disc })}
              >
                Schedule
              </Button>
            </div>
            <Schedules disc={disc} />
            {list.error ? (
              <p role="alert" className="mt-1 flex flex-wrap items-center gap-2 text-danger">
                {messageOf(list.error)}
                <Button size="small" pending={list.isFetching} onClick={() => void list.refetch()}>
                  Try again
                </Button>
              </p>
            ) : (
              <Taken backups={list.data ?? []} />
            )}
          </li>
        ))}
      </ul>
      {open?.to === 'back up' && <BackupDisc {...props} disc={open.disc} onClose={close} />}
      {open?.to === 'schedule' && <ScheduleBackups {...props} disc={open.disc} onClose={close} />}
    </Card>
  )
}

function Schedules({ disc }: { disc: Disc }) {
  const schedules = schedulesOf(disc)
  if (schedules === null) return <p className="text-xs text-muted">BigV does not tell its schedules.</p>
  if (schedules.length === 0) return <p className="text-xs text-muted">Not on any schedule.</p>
  return schedules.map(({ id, interval_seconds, start_at, capacity }) => (
    <p key={id ?? `${interval_seconds} ${start_at}`} className="text-xs text-muted">
      Taken {everyText(interval_seconds)}
      {start_at && `, from ${start_at}`}
      {capacity ? `; ${capacity} kept` : ''}
    </p>
  ))
}

function Taken({ backups }: { backups: readonly Backup[] }) {
  if (backups.length === 0) return <p className="text-xs text-muted">No backups yet.</p>
  return (
    <ul className="mt-1 grid gap-0.5">
      {backups.map(({ id, label, size, created_at }) => (
        <li key={id} className="flex flex-wrap gap-x-3 wrap-anywhere">
          <span className="font-mono text-xs">{label ?? `Backup ${id}`}</span>
          <span className="text-xs text-muted tabular-nums">
            {created_at && timeText(created_at)}
            {size != null && ` · ${formatMib(size)}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** BigV's own text, without fractions of seconds. */
function timeText(time: string): string {
  return time.replace(/\.\d+/, '').replace('T', ' ')
}
