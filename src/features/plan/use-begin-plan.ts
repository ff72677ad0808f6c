import { useState } from 'react'
import { traceLine } from '../../api/errors.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import { unreadText } from '../../operations/disabled-reason.ts'
import { decidedOnFrom } from '../../operations/run.ts'
import type { GroupRef } from '../../lib/links.ts'
import { beginPlan, boundMain, type Main } from '../../operations/plans/begin-plan.ts'
import { inWords } from '../../operations/state.ts'
import type { FormFailure } from '../../components/form-dialog.tsx'

type Asked = Main & { group: GroupRef; machine: MachineData; forceAfter: number | null }

/** Begins a plan as a form asks for it, and says why it was not begun. */
export function useBeginPlan() {
  const [beginning, setBeginning] = useState(false)
  const [failure, setFailure] = useState<FormFailure | null>(null)
  const fail = (title: string, text: string, details?: string) => {
    setFailure({ title, text, details })
    return false
  }
  const begin = async (asked: Asked): Promise<boolean> => {
    setBeginning(true)
    setFailure(null)
    const { group, machine } = asked
    const decidedOn = decidedOnFrom(boundMain(asked), machine)
    const begun = await beginPlan({ ...asked, ref: group, id: machine.vm.id, decidedOn })
    setBeginning(false)
    if (begun.is === 'begun') return true
    if (begun.is === 'refused') return fail('Nothing was sent', begun.reason)
    if (begun.is === 'unread') {
      return fail('Nothing was sent', unreadText(begun.error), traceLine(begun.error.trace))
    }
    return fail(
      'It has changed since this was asked',
      `Nothing was sent. It reads now: ${inWords(begun.machine)}. Is it still what you want?`,
    )
  }
  return { begin, beginning, failure }
}
