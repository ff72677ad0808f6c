import { useState } from 'react'
import { backUpDisc, scheduleBackups } from '../../../actions/backups.ts'
import { backupQueries } from '../../../api/backups.ts'
import { queryClient } from '../../../api/query-client.ts'
import type { Disc } from '../../../api/virtual-machine.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { useAction } from '../../../operations/use-action.ts'
import { everyText } from './intervals.ts'
import { formatMib } from '../../../lib/units.ts'
import { NumberField } from '../../../ui/fields/number-field.tsx'
import { SelectField } from '../../../ui/fields/select-field.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import { INTERVALS, scheduleOf, scheduleProblems, SUGGESTED, type ScheduleValues } from './backup-values.ts'
import type { TabProps } from '../../../components/machine/tab-props.ts'

interface Props extends TabProps {
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
  const submit = () => backUp.mutate({ id }, { onSuccess: onClose })
  return (
    <FormDialog
      title={`Back up ${label} of ${vm.name}`}
      description={`Copies the disc of ${formatMib(size)} as it is now.`}
      label="Back up"
      disabledReason={backUp.disabledReason}
      sending={backUp.isPending}
      failure={backUp.error}
      requests={backUp.requests({ id })}
      onSubmit={submit}
      onClose={onClose}
    >
      {vm.power_on && (
        <p>{vm.name} is running: what its guest has not written to the disc yet is not in the backup.</p>
      )}
    </FormDialog>
  )
}

/** Asks when backups of a disc are to be taken, and how many are kept. */
export function ScheduleBackups({ group, machine, disc, onClose }: Props) {
  const { vm } = machine
  const [values, setValues] = useState<ScheduleValues>(SUGGESTED)
  const add = useAction(scheduleBackups, { group, machine })
  const { id, label } = disc
  const problems = scheduleProblems(values)
  const wrong = Object.values(problems).find((problem) => problem !== null) ?? null
  const schedule = scheduleOf(values)
  const params = { id, schedule }
  const set = (change: Partial<ScheduleValues>) => setValues((before) => ({ ...before, ...change }))
  const errorsOf = (problem: string | null, attribute: string) =>
    problem ? [problem] : add.error?.fields[attribute]?.map((message) => `BigV says: ${message}`)
  const submit = () => add.mutate(params, { onSuccess: onClose })
  return (
    <FormDialog
      title={`Schedule backups of ${label} of ${vm.name}`}
      description="Beside the schedules that there are. It cannot be taken away from here."
      label="Schedule"
      disabledReason={add.isPending ? null : (add.disabledReason ?? wrong)}
      sending={add.isPending}
      failure={add.error}
      requests={wrong === null ? add.requests(params) : []}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="grid gap-3.5 sm:grid-cols-2">
        <SelectField
          label="How often"
          options={INTERVALS}
          value={values.interval}
          errors={values.interval === 'other' ? undefined : errorsOf(null, 'interval_seconds')}
          onChange={(event) => set({ interval: event.currentTarget.value })}
        />
        {values.interval === 'other' && (
          <NumberField
            label="Interval"
            unit="hours"
            inputMode="decimal"
            value={values.hours}
            hint={problems.hours ? undefined : `That is ${everyText(schedule.interval_seconds)}.`}
            errors={errorsOf(problems.hours, 'interval_seconds')}
            onChange={(event) => set({ hours: event.currentTarget.value })}
          />
        )}
        <TextField
          label="First at"
          mono
          autoComplete="off"
          value={values.start}
          hint="A time, or a date and a time, as BigV’s clock has it."
          errors={errorsOf(problems.start, 'start_at')}
          onChange={(event) => set({ start: event.currentTarget.value })}
        />
        <NumberField
          label="How many are kept"
          value={values.capacity}
          hint="When there are more, the oldest goes."
          errors={errorsOf(problems.capacity, 'capacity')}
          onChange={(event) => set({ capacity: event.currentTarget.value })}
        />
      </div>
    </FormDialog>
  )
}
