import { useState } from 'react'
import { backUpDisc, scheduleBackups } from '../../../actions/backups.ts'
import { backupQueries } from '../../../api/backups.ts'
import { queryClient } from '../../../api/query-client.ts'
import type { Disc } from '../../../api/virtual-machines.ts'
import { ActionDialog } from '../../../components/form-dialog.tsx'
import type { MachineInGroup } from '../../../components/machine/machine-in-group.ts'
import { numberIn } from '../../../lib/units.ts'
import { useAction } from '../../../operations/use-action.ts'
import { formatMib } from '../../../lib/units.ts'
import { NumberField, TextField } from '../../../ui/fields/text-field.tsx'
import { SelectField } from '../../../ui/fields/select-field.tsx'

interface Props extends MachineInGroup {
  disc: Disc
  onClose: () => void
}

/** Asks before a backup of a disc is taken. */
export function BackupDisc({ group, machine, disc, onClose }: Props) {
  const { vm } = machine
  const { id, label, size } = disc
  const backUp = useAction(backUpDisc, { group, machine }, () =>
    queryClient.invalidateQueries({ queryKey: backupQueries.ofDisc(group, vm.id, id).queryKey }),
  )
  return (
    <ActionDialog
      title={`Back up ${label} of ${vm.name}`}
      description={`Copies the disc of ${formatMib(size)} as it is now.`}
      label="Back up"
      action={backUp}
      params={{ id }}
      onClose={onClose}
    >
      {vm.power_on && (
        <p>{vm.name} is running: what its guest has not written to the disc yet is not in the backup.</p>
      )}
    </ActionDialog>
  )
}

/** Asks when backups of a disc are to be taken, and how many are kept. */
export function ScheduleBackups({ group, machine, disc, onClose }: Props) {
  const { id, label } = disc
  const [values, setValues] = useState<ScheduleValues>(SUGGESTED)
  const problems = scheduleProblems(values)
  const wrong = Object.values(problems).find((problem) => problem !== null) ?? null
  const schedule = scheduleOf(values)
  const set = (change: Partial<ScheduleValues>) => setValues((before) => ({ ...before, ...change }))
  return (
    <ActionDialog
      title={`Schedule backups of ${label} of ${machine.vm.name}`}
      description="Beside the schedules that there are. It cannot be taken away from here."
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
            value={values.interval}
            errors={values.interval === 'other' ? undefined : errorsOf('interval_seconds')}
            onChange={(event) => set({ interval: event.currentTarget.value })}
          />
          {values.interval === 'other' && (
            <NumberField
              label="Interval"
              unit="hours"
              inputMode="decimal"
              value={values.hours}
              hint={problems.hours ? undefined : `That is ${everyText(schedule.interval_seconds)}.`}
              errors={errorsOf('interval_seconds', problems.hours)}
              onChange={(event) => set({ hours: event.currentTarget.value })}
            />
          )}
          <TextField
            label="First at"
            mono
            autoComplete="off"
            value={values.start}
            hint="A time, or a date and a time, as BigV’s clock has it."
            errors={errorsOf('start_at', problems.start)}
            onChange={(event) => set({ start: event.currentTarget.value })}
          />
          <NumberField
            label="How many are kept"
            value={values.capacity}
            hint="When there are more, the oldest goes."
            errors={errorsOf('capacity', problems.capacity)}
            onChange={(event) => set({ capacity: event.currentTarget.value })}
          />
        </div>
      )}
    </ActionDialog>
  )
}

/** A schedule as it stands in the form: the interval in seconds, one of the list or typed in hours. */
interface ScheduleValues {
  interval: string
  hours: string
  start: string
  capacity: string
}

/** How often backups are usually taken, in seconds. */
const INTERVALS = [
  { value: '3600', label: 'Every hour' },
  { value: '86400', label: 'Every day' },
  { value: '604800', label: 'Every week' },
  { value: 'other', label: 'Another interval' },
] as const

/** What the official client schedules for a new machine: once a week, one kept (docs/bigv-api.md#13-traffic-of-the-official-client). */
export const SUGGESTED: ScheduleValues = { interval: '604800', hours: '12', start: '00:00', capacity: '1' }

/** The schedule as BigV takes it. */
export function scheduleOf({ interval, hours, start, capacity }: ScheduleValues) {
  return {
    start_at: start.trim(),
    interval_seconds: interval === 'other' ? Math.round(numberIn(hours) * 3600) : Number(interval),
    capacity: numberIn(capacity),
  }
}

/** What is wrong with each field, or null. */
export function scheduleProblems(values: ScheduleValues) {
  const { interval_seconds, capacity, start_at } = scheduleOf(values)
  return {
    hours: interval_seconds >= 1 ? null : 'A number of hours, more than 0.',
    start: isStart(start_at)
      ? null
      : 'A time such as 00:00, or a date and a time such as 2026-01-31 02:30:00 UTC.',
    capacity: Number.isInteger(capacity) && capacity >= 1 ? null : 'A whole number, at least 1.',
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

/** How often a number of seconds is: "every week", "every 2 days", "every 90 seconds". */
export function everyText(seconds: number): string {
  const [unit, length] = UNITS.find(([, each]) => seconds >= each && seconds % each === 0) ?? ['second', 1]
  const count = seconds / length
  return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`
}
