import { CheckboxField } from '../../ui/fields/checkbox-field.tsx'
import { NumberField } from '../../ui/fields/number-field.tsx'
import { numberIn } from '../../lib/units.ts'

/** Whether the plug is pulled when the guest does not shut down, and after how many seconds; as typed. */
export interface Force {
  on: boolean
  seconds: string
}

/** Not, unless the user says so; the time that a shutdown is called overdue after. */
export const NOT_FORCED: Force = { on: false, seconds: '120' }

/** Takes what is typed and returns the ms, or null for never. */
export function forceAfterOf({ on, seconds }: Force): number | null {
  return on ? numberIn(seconds) * 1000 : null
}

/** Takes what is typed and returns what is wrong with it, or null. */
export function forceProblem({ on, seconds }: Force): string | null {
  const value = numberIn(seconds)
  if (!on || (Number.isInteger(value) && value >= 10 && value <= 3600)) return null
  return 'Give a whole number of seconds, 10 to 3600.'
}

/** Asks it. */
export function ForceField({ value, onChange }: { value: Force; onChange: (value: Force) => void }) {
  const problem = forceProblem(value)
  return (
    <div className="grid gap-3 sm:grid-cols-[1fr_10rem] sm:items-start">
      <CheckboxField
        label="Pull the plug if it does not shut down"
        hint="The guest is not asked then, and what it has not written to disc is lost. Else it is waited for until you say."
        checked={value.on}
        onChange={(event) => onChange({ ...value, on: event.currentTarget.checked })}
      />
      {value.on && (
        <NumberField
          label="After"
          unit="s"
          value={value.seconds}
          errors={problem === null ? undefined : [problem]}
          onChange={(event) => onChange({ ...value, seconds: event.currentTarget.value })}
        />
      )}
    </div>
  )
}
