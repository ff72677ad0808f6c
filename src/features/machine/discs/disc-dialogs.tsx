import { useState } from 'react'
import { moveDisc, purgeDisc, targetProblem } from '../../../actions/discs.ts'
import type { Disc } from '../../../api/virtual-machines.ts'
import { useAction } from '../../../operations/use-action.ts'
import { ActionDialog } from '../../../components/form-dialog.tsx'
import type { MachineInGroup } from '../../../components/machine/machine-in-group.ts'
import { TypeToConfirm } from '../../../components/machine/type-to-confirm.tsx'
import { isTyped } from '../../../lib/shown.ts'
import { formatMib } from '../../../lib/units.ts'
import { Notice } from '../../../ui/notice.tsx'
import { OtherMachineFields, useOtherMachine } from '../other-machine-fields.tsx'

interface Props extends MachineInGroup {
  disc: Disc
  /** BigV boots from the first disc. */
  boots: boolean
  onClose: () => void
}

/** Asks for the machine of this account that a disc is to move to. */
export function MoveDisc({ group, machine, disc, boots, onClose }: Props) {
  const { vm } = machine
  const choice = useOtherMachine(group, vm.id, (other) => targetProblem(disc, other))
  const move = useAction(moveDisc, { group, machine, other: choice.machine })
  return (
    <ActionDialog
      title={`Move ${disc.label} of ${vm.name}`}
      description="To another machine of this account, with the data on it. Both machines have to be off."
      label="Move"
      action={move}
      params={choice.target && { id: disc.id, to: choice.target }}
      problem={choice.problem}
      onClose={onClose}
    >
      {boots && (
        <Notice tone="warn">
          {vm.name} boots from this disc. The official client says that such a disc cannot be moved: BigV may
          refuse.
        </Notice>
      )}
      <OtherMachineFields choice={choice} pending={move.isPending} />
    </ActionDialog>
  )
}

/** Asks before a disc is removed for good; wants its label typed. */
export function PurgeDisc({ group, machine, disc, boots, onClose }: Props) {
  const { vm } = machine
  const { id, label, size } = disc
  const [typed, setTyped] = useState('')
  return (
    <ActionDialog
      title={`Purge ${label} of ${vm.name}?`}
      description={`Removes this disc of ${formatMib(size)} for good: the data on it is lost. This cannot be undone.`}
      label={purgeDisc.label}
      danger
      action={useAction(purgeDisc, { group, machine })}
      params={{ id }}
      problem={isTyped(typed, label) ? null : `Type the label of the disc, ${label}, first.`}
      onClose={onClose}
    >
      {boots && <Notice tone="warn">{vm.name} boots from this disc.</Notice>}
      {vm.power_on && (
        <Notice tone="warn">
          {vm.name} is running, and may be using it. Unmount it in the guest first, or shut the machine down.
        </Notice>
      )}
      <TypeToConfirm name={label} typed={typed} onType={setTyped} />
    </ActionDialog>
  )
}
