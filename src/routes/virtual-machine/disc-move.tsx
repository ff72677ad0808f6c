import type { Disc } from '../../api/virtual-machine.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useGates } from '../../components/power/use-gates.ts'
import { sourceProblem, targetProblem } from '../../operations/disc-move.ts'
import { requestsOf } from '../../operations/requests.ts'
import { Notice } from '../../ui/notice.tsx'
import { OtherMachineFields, useOtherMachine } from './other-machine-fields.tsx'
import { useSave } from './settings-save.ts'
import type { TabProps } from './tab-props.ts'

interface Props extends TabProps {
  disc: Disc
  /** BigV boots from the first disc. */
  boots: boolean
  onClose: () => void
}

/** Asks for the machine of this account that a disc is to move to. */
export function MoveDisc({ group, reading, disc, boots, onClose }: Props) {
  const { vm } = reading
  const { id, label, size, storage_grade } = disc
  const choice = useOtherMachine(group, vm.id, (other) => targetProblem(disc, other))
  const { other, problem } = choice
  const { save, saving, failure } = useSave()
  const refusalOf = useGates(reading)
  const params = { disc: { id, attributes: { virtual_machine_id: other.id } } }

  const move = async () => {
    if (other.id === null || other.reading === undefined) return
    const done = await save({
      action: 'change_disc',
      group,
      reading,
      params,
      also: { ...other.ref, id: other.id, name: other.reading.vm.name },
      attributes: { power_on: false, autoreboot_on: false },
      disc: { id, label, size, storage_grade },
    })
    if (done) onClose()
  }

  return (
    <FormDialog
      title={`Move ${label} of ${vm.name}`}
      description="To another machine of this account, with the data on it. Both machines have to be off."
      label="Move"
      refusal={saving ? null : (refusalOf('change_disc') ?? sourceProblem(vm) ?? problem)}
      sending={saving}
      failure={failure}
      requests={other.id === null ? [] : requestsOf('change_disc', group, vm, params)}
      onSubmit={move}
      onClose={onClose}
    >
      {boots && (
        <Notice tone="warn">
          {vm.name} boots from this disc. The official client says that such a disc cannot be moved: BigV may
          refuse.
        </Notice>
      )}
      <OtherMachineFields choice={choice} sending={saving} />
    </FormDialog>
  )
}
