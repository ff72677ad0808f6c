import { useState } from 'react'
import { purgeDisc } from '../../../actions/discs.ts'
import type { Disc } from '../../../api/virtual-machine.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { useAction } from '../../../operations/use-action.ts'
import { TypeToConfirm } from '../../../components/machine/type-to-confirm.tsx'
import { isTyped } from '../../../lib/shown.ts'
import { formatMib } from '../../../lib/units.ts'
import { Notice } from '../../../ui/notice.tsx'
import type { TabProps } from '../../../components/machine/tab-props.ts'

interface Props extends TabProps {
  disc: Disc
  /** BigV boots from the first disc. */
  boots: boolean
  onClose: () => void
}

/** Asks before a disc is removed for good; wants its label typed. */
export function PurgeDisc({ group, machine, disc, boots, onClose }: Props) {
  const { vm } = machine
  const [typed, setTyped] = useState('')
  const purge = useAction(purgeDisc, { group, machine })
  const untyped = isTyped(typed, disc.label) ? null : `Type the label of the disc, ${disc.label}, first.`
  const { id, label, size } = disc

  const confirm = () => purge.mutate({ id }, { onSuccess: onClose })

  return (
    <FormDialog
      title={`Purge ${label} of ${vm.name}?`}
      description={`Removes this disc of ${formatMib(size)} for good: the data on it is lost. This cannot be undone.`}
      label="Purge disc"
      danger
      disabledReason={purge.isPending ? null : (purge.disabledReason ?? untyped)}
      sending={purge.isPending}
      failure={purge.error}
      requests={purge.requests({ id })}
      onSubmit={confirm}
      onClose={onClose}
    >
      {boots && <Notice tone="warn">{vm.name} boots from this disc.</Notice>}
      {vm.power_on && (
        <Notice tone="warn">
          {vm.name} is running, and may be using it. Unmount it in the guest first, or shut the machine down.
        </Notice>
      )}
      <TypeToConfirm name={label} typed={typed} onType={setTyped} />
    </FormDialog>
  )
}
