import { useState } from 'react'
import { change } from '../../../actions/hardware.ts'
import { isValidSegment } from '../../../api/path.ts'
import type { MachineInGroup } from '../../../api/virtual-machines.ts'
import { ActionDialog } from '../../../components/form-dialog.tsx'
import { useGroups } from '../../../components/groups.tsx'
import { hostnameAfter } from '../../../components/machine/hostname-after.ts'
import { segmentOf } from '../../../lib/names.ts'
import { useAction } from '../../../operations/use-action.ts'
import { SelectField } from '../../../ui/fields/select-field.tsx'

/** Moves a machine to another group of its account. */
export function MoveDialog({ group, machine, onClose }: MachineInGroup & { onClose: () => void }) {
  const { vm } = machine
  const [chosen, setChosen] = useState('')
  // A group whose name doesn't fit in a URL path isn't offered: its machines couldn't be fetched.
  const others = useGroups(group.account).filter(
    ({ id, name }) => id !== vm.group_id && name !== group.group && isValidSegment(name),
  )
  const target = others.find(({ id }) => String(id) === chosen)
  const hostname = target && hostnameAfter(vm, vm.name, target.name)
  const action = useAction(change, { group, machine })
  return (
    <ActionDialog
      title={`Move ${vm.name} to another group?`}
      label="Move"
      onClose={onClose}
      action={action}
      params={target ? { attributes: { group_id: target.id }, movesTo: segmentOf(target) } : null}
      problem={target ? null : 'Choose a group first.'}
    >
      {(errorsOf) => (
        <>
          <SelectField
            label="Group"
            translate="no"
            placeholder="Choose…"
            options={others.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={chosen}
            errors={errorsOf('group_id')}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          />
          {target && (
            <p className="text-muted">
              The hostname changes too{hostname && <>, to {<code>{hostname}</code>}</>}. Tell everyone who
              uses the old one.
            </p>
          )}
        </>
      )}
    </ActionDialog>
  )
}
