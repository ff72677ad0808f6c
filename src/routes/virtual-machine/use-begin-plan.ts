import { useState } from 'react'
import { traceLine } from '../../api/errors.ts'
import type { MachineReading } from '../../api/virtual-machines.ts'
import { unreadText } from '../../components/power/ask.ts'
import type { GroupRef } from '../../lib/links.ts'
import { beginPlan, type Planned } from '../../operations/plans/begin-plan.ts'
import { inWords } from '../../operations/state.ts'
import type { SaveFailure } from './settings-save.ts'

type Asked = Omit<Planned, 'ref' | 'id' | 'stated'> & {
  group: GroupRef
  reading: MachineReading
  /** The attributes that the form showed as they were. */
  attributes?: Readonly<Record<string, unknown>>
}

/** Begins a plan as a form asks for it, and says why it was not begun. */
export function useBeginPlan() {
  const [beginning, setBeginning] = useState(false)
  const [failure, setFailure] = useState<SaveFailure | null>(null)
  const fail = (title: string, text: string, details?: string) => {
    setFailure({ title, text, details, fields: {} })
    return false
  }
  const begin = async ({ group, reading, attributes = {}, ...planned }: Asked): Promise<boolean> => {
    setBeginning(true)
    setFailure(null)
    const { id, name, power_on, autoreboot_on } = reading.vm
    const stated = { name, power_on, autoreboot_on, attributes }
    const begun = await beginPlan({ ...planned, ref: group, id, stated })
    setBeginning(false)
    if (begun.is === 'begun') return true
    if (begun.is === 'refused') return fail('Nothing was sent', begun.reason)
    if (begun.is === 'unread') {
      return fail('Nothing was sent', unreadText(begun.error), traceLine(begun.error.trace))
    }
    return fail(
      'It has changed since this was asked',
      `Nothing was sent. It reads now: ${inWords(begun.reading)}. Is it still what you want?`,
    )
  }
  return { begin, beginning, failure }
}
