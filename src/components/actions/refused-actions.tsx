import { machineActions, nameOf, simpleActionOf } from '../../actions/index.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { atWhen } from '../../lib/times.ts'
import { allowAgain, refusalOf, useForbidden } from '../../operations/disabled-reason.ts'
import { Button } from '../../ui/button.tsx'
import { announce } from '../../ui/live-region.tsx'
import { Notice } from '../../ui/notice.tsx'
import { confirmAndRun } from './confirm.tsx'

/** The actions that are disabled on a machine since BigV answered them with a 403, each with a button to try it again. */
export function RefusedActions({ group, machine }: MachineInGroup) {
  useForbidden()
  const { id, name } = machine.vm
  const target = { ...group, id, name }
  const refused = Object.values(machineActions).flatMap((action) => {
    const refusal = refusalOf(action, target)
    return refusal === null ? [] : [{ action, ...refusal }]
  })
  if (refused.length === 0) return null
  return (
    <Notice tone="warn" role="status" title="BigV refused this">
      <ul className="mt-1 grid gap-1.5">
        {refused.map(({ action, message, at }) => (
          <li key={action.name} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-0 flex-1 basis-60">
              {action.label}: {message} That was {atWhen(at)}.
            </span>
            <Button
              size="small"
              aria-label={`Try again: ${action.label}`}
              onClick={() => {
                allowAgain(action, target)
                const simple = simpleActionOf(nameOf(action))
                if (simple) confirmAndRun(simple, group, machine)
                else announce(`${action.label} is available again`)
              }}
            >
              Try again
            </Button>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
