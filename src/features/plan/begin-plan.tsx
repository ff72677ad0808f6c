import type { MachineInGroup } from '../../components/machine/machine-in-group.ts'
import { NumberField } from '../../ui/fields/text-field.tsx'
import { useState } from 'react'
import type { BoundAction } from '../../actions/action.ts'
import { traceLine } from '../../api/errors.ts'
import { unreadText } from '../../api/errors.ts'
import type { FormFailure } from '../../components/form-dialog.tsx'
import { numberIn } from '../../lib/units.ts'
import { decidedOnFrom, inWords } from '../../operations/state.ts'
import { beginPlan } from '../../operations/plans/begin-plan.ts'
import { CheckboxField } from '../../ui/fields/checkbox.tsx'

/** For a form that begins a plan: begins it, and says why it was not begun. */
export function useBeginPlan({ group, machine }: MachineInGroup) {
  const [beginning, setBeginning] = useState(false)
  const [failure, setFailure] = useState<FormFailure | null>(null)
  /** Resolves to whether it was begun. */
  const begin = async (bound: BoundAction, forceAfter: number | null): Promise<boolean> => {
    setBeginning(true)
    setFailure(null)
    const decidedOn = decidedOnFrom(bound, machine)
    const begun = await beginPlan({ bound, ref: group, id: machine.vm.id, decidedOn, forceAfter })
    setBeginning(false)
    if (begun.is === 'begun') return true
    if (begun.is === 'refused') setFailure({ title: 'Nothing was sent', text: begun.reason })
    else if (begun.is === 'unread') {
      const { error } = begun
      setFailure({ title: 'Nothing was sent', text: unreadText(error), details: traceLine(error.trace) })
    } else {
      setFailure({
        title: 'It has changed since this was asked',
        text: `Nothing was sent. It reads now: ${inWords(begun.machine)}. Is it still what you want?`,
      })
    }
    return false
  }
  return { begin, beginning, failure }
}

/** Whether the machine is stopped by force when the guest does not shut down, and after how many seconds; as typed. */
export interface Force {
  on: boolean
  seconds: string
}

/** Not, unless the user says so; after the time that a shutdown is called overdue. */
export const NOT_FORCED: Force = { on: false, seconds: '120' }

/** What is typed, in ms; null for never. */
export function forceAfterOf({ on, seconds }: Force): number | null {
  return on ? numberIn(seconds) * 1000 : null
}

/** What is wrong with what is typed, or null. */
export function forceProblem({ on, seconds }: Force): string | null {
  const value = numberIn(seconds)
  if (!on || (Number.isInteger(value) && value >= 10 && value <= 3600)) return null
  return 'Give a whole number of seconds, 10 to 3600.'
}

/** The field for it. */
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
