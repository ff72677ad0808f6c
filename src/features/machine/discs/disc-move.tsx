import { moveDisc, targetProblem } from '../../../actions/discs.ts'
import type { Disc } from '../../../api/virtual-machine.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { useAction } from '../../../operations/use-action.ts'
import { Notice } from '../../../ui/notice.tsx'
import { OtherMachineFields, useOtherMachine } from '../other-machine-fields.tsx'
import type { TabProps } from '../../../components/machine/tab-props.ts'

interface Props extends TabProps {
  disc: Disc
  /** BigV boots from the first disc. */
  boots: boolean
  onClose: () => void
}

/** Asks for the machine of this account that a disc is to move to. */
export function MoveDisc({ group, machine, disc, boots, onClose }: Props) {
  const { vm } = machine
  const { id, label } = disc
  const choice = useOtherMachine(group, vm.id, (other) => targetProblem(disc, other))
  const { other, problem } = choice
  const move = useAction(moveDisc, { group, machine, other: other.machine })
  const params = other.machine && {
    id,
    to: { ...other.ref, id: other.machine.vm.id, name: other.machine.vm.name },
  }

  return (
    <FormDialog
      title={`Move ${label} of ${vm.name}`}
      description="To another machine of this account, with the data on it. Both machines have to be off."
      label="Move"
      disabledReason={move.isPending ? null : (move.disabledReason ?? problem)}
      sending={move.isPending}
      failure={move.error}
      requests={params ? move.requests(params) : []}
      onSubmit={() => params && move.mutate(params, { onSuccess: onClose })}
      onClose={onClose}
    >
      {boots && (
        <Notice tone="warn">
          {vm.name} boots from this disc. The official client says that such a disc cannot be moved: BigV may
          refuse.
        </Notice>
      )}
      <OtherMachineFields choice={choice} sending={move.isPending} />
    </FormDialog>
  )
}
