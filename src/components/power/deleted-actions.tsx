import type { VirtualMachine } from '../../api/virtual-machine.ts'
import type { GroupRef } from '../../lib/links.ts'
import { words } from '../../operations/wording.ts'
import { Button } from '../../ui/button.tsx'
import { ask } from './ask.ts'
import { useGates } from './use-gates.ts'

/** What there is to do with a deleted machine, in sight in its row: restore or purge. */
export function DeletedActions({ group, vm }: { group: GroupRef; vm: VirtualMachine }) {
  const reading = { vm, creating: false }
  const refusalOf = useGates(reading)
  return (
    <span className="flex gap-1.5">
      {(['undelete', 'purge'] as const).map((action) => (
        <Button
          key={action}
          size="small"
          variant={action === 'purge' ? 'danger' : 'normal'}
          aria-label={`${words[action].label} ${vm.name}`}
          refusal={refusalOf(action)}
          onClick={() => ask(action, group, reading)}
        >
          {words[action].label}
        </Button>
      ))}
    </span>
  )
}
