import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { backUpDisc, scheduleBackups } from '../../../actions/backups.ts'
import { backupQueries, schedulesOf, type Backup } from '../../../api/backups.ts'
import { messageOf } from '../../../api/errors.ts'
import { isNotFound, queryClient } from '../../../api/query-client.ts'
import type { Disc, MachineInGroup } from '../../../api/virtual-machines.ts'
import { ActionDialog } from '../../../components/form-dialog.tsx'
import { firstProblem } from '../../../lib/text.ts'
import { countProblem, formatMib, numberIn } from '../../../lib/units.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { useAction } from '../../../operations/use-action.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { fieldsOf } from '../../../ui/fields/field.tsx'
import { SelectField } from '../../../ui/fields/select-field.tsx'
import { NumberField, TextField } from '../../../ui/fields/text-field.tsx'

/** The discs' backups and schedules. Renders nothing on an older BigV, which has no backups. */
export function Backups(props: MachineInGroup & { discs: readonly Disc[] }) {
  const { group, machine, discs } = props
  const lists = useQueries({
    queries: discs.map((disc) => backupQueries.ofDisc(group, machine.vm.id, disc.id)),
  })
  const disabledReasonOf = useDisabledReason(machine)
  const [open, setOpen] = useState<{ to: 'back up' | 'schedule'; disc: Disc } | null>(null)
  const chosen = discs.find(({ id }) => id === open?.disc.id) ?? open?.disc
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
              <BackupList backups={list.data ?? []} />
            )}
          </li>
        ))}
      </ul>
      {chosen && open?.to === 'back up' && <BackupDisc {...props} disc={chosen} onClose={close} />}
      {chosen && open?.to === 'schedule' && <ScheduleBackups {...props} disc={chosen} onClose={close} />}
    </Card>
  )
}

function Schedules({ disc }: { disc: Disc }) {
  const schedules = schedulesOf(disc)
  if (schedules === null)
    return <p className="text-xs text-muted">BigV doesn’t list this disc’s schedules.</p>
  if (schedules.length === 0) return <p className="text-xs text-muted">No schedule.</p>
  return schedules.map(({ id, interval_seconds, start_at, capacity }) => (
    <p key={id ?? `${interval_seconds} ${start_at}`} className="text-xs text-muted">
      Backed up {everyText(interval_seconds)}
      {start_at && `, from ${start_at}`}
      {capacity ? `; keeps ${capacity}` : ''}
    </p>
  ))
}

function BackupList({ backups }: { backups: readonly Backup[] }) {
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

/** The time as BigV sends it, without fractions of seconds. */
function timeText(time: string): string {
  return time.replace(/\.\d+/, '').replace('T', ' ')
}

interface Props extends MachineInGroup {
  disc: Disc
  onClose: () => void
}

export function BackupDisc({ group, machine, disc, onClose }: Props) {
  const { vm } = machine
  const { id, label, size } = disc
  const backUp = useAction(backUpDisc, { group, machine }, () =>
    queryClient.invalidateQueries({ queryKey: backupQueries.ofDisc(group, vm.id, id).queryKey }),
  )
  return (
    <ActionDialog
      title={`Back up ${label} of ${vm.name}`}
      description={`Copies the disc (${formatMib(size)}) as it is now.`}
      label="Back up"
      action={backUp}
      params={{ id }}
      onClose={onClose}
    >
      {vm.power_on && (
        <p>{vm.name} is running: data that the guest hasn’t written to disc yet isn’t backed up.</p>
      )}
    </ActionDialog>
  )
}

export function ScheduleBackups({ group, machine, disc, onClose }: Props) {
  const { id, label } = disc
  const [values, setValues] = useState<ScheduleValues>(SUGGESTED)
  const problems = scheduleProblems(values)
  const wrong = firstProblem(problems)
  const schedule = scheduleOf(values)
  const { text } = fieldsOf(values, (change) => setValues({ ...values, ...change }))
  return (
    <ActionDialog
      title={`Schedule backups of ${label} of ${machine.vm.name}`}
      description="Adds to existing schedules. You can’t remove a schedule here."
      label="Schedule"
      action={useAction(scheduleBackups, { group, machine })}
      params={wrong === null ? { id, schedule } : null}
      problem={wrong}
      onClose={onClose}
    >
      {(errorsOf) => (
        <div className="grid gap-3.5 sm:grid-cols-2">
          <SelectField
            label="How often"
            options={INTERVALS}
            errors={values.interval === 'other' ? undefined : errorsOf('interval_seconds')}
            {...text('interval')}
          />
          {values.interval === 'other' && (
            <NumberField
              label="Interval"
              unit="hours"
              inputMode="decimal"
              hint={problems.hours ? undefined : `That is ${everyText(schedule.interval_seconds)}.`}
              errors={errorsOf('interval_seconds', problems.hours)}
              {...text('hours')}
            />
          )}
          <TextField
            label="First backup"
            mono
            hint="A time, or a date and time, in BigV’s time zone (UK)."
            errors={errorsOf('start_at', problems.start)}
            {...text('start')}
          />
          <NumberField
            label="Backups to keep"
            hint="The oldest backup is deleted first."
            errors={errorsOf('capacity', problems.capacity)}
            {...text('capacity')}
          />
        </div>
      )}
    </ActionDialog>
  )
}

/** The form's values. `interval` is in seconds, or 'other', which uses `hours` as entered. */
interface ScheduleValues {
  interval: string
  hours: string
  start: string
  capacity: string
}

const INTERVALS = [
  { value: '3600', label: 'Every hour' },
  { value: '86400', label: 'Every day' },
  { value: '604800', label: 'Every week' },
  { value: 'other', label: 'Another interval' },
] as const

/**
 * The schedule that the official client gives a new machine: weekly, keeping 1 backup (docs/bigv-api.md#13-traffic-of-the-official-client).
 */
export const SUGGESTED: ScheduleValues = { interval: '604800', hours: '12', start: '00:00', capacity: '1' }

export function scheduleOf({ interval, hours, start, capacity }: ScheduleValues) {
  return {
    start_at: start.trim(),
    interval_seconds: interval === 'other' ? Math.round(numberIn(hours) * 3600) : Number(interval),
    capacity: numberIn(capacity),
  }
}

export function scheduleProblems(values: ScheduleValues) {
  const { interval_seconds, capacity, start_at } = scheduleOf(values)
  return {
    hours: interval_seconds >= 1 ? null : 'Enter a number of hours above 0.',
    start: isStart(start_at)
      ? null
      : 'Enter a time such as 00:00, or a date and time such as 2026-01-31 02:30:00 UTC.',
    capacity: countProblem(capacity),
  }
}

function isStart(text: string): boolean {
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return true
  return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text))
}

const UNITS = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** An interval in words: "every week", "every 2 days", "every 90 seconds". */
export function everyText(seconds: number): string {
  const [unit, length] = UNITS.find(([, each]) => seconds >= each && seconds % each === 0) ?? ['second', 1]
  const count = seconds / length
  return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`
}
