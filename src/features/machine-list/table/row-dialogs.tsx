import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { bind } from '../../../actions/action.ts'
import { rescue } from '../../../actions/rescue.ts'
import { machineQueries } from '../../../api/virtual-machines.ts'
import { confirmAndRun } from '../../../components/actions/confirm.tsx'
import { usePolling } from '../../../components/page/polling.ts'
import { PlanDialog } from '../../plan/plan-dialog.tsx'
import { ReimageDialog } from '../../reimage/reimage-dialog.tsx'
import { MoveDialog } from './move-dialog.tsx'
import type { RowDialog } from './row-dialog.ts'

type Props = RowDialog & { onClose: () => void }

/** The dialog that a row has opened. It fetches the machine like the machine's page, because a list knows less and is older. */
export function OpenRowDialog({ kind, group, machine, onClose }: Props) {
  const options = machineQueries.detail(group, machine.vm.id)
  const { data = machine } = useQuery({ ...options, ...usePolling(options.queryKey) })
  const props = { group, machine: data, onClose }
  if (kind === 'move') return <MoveDialog {...props} />
  if (kind === 'reimage') return <ReimageDialog {...props} />
  return machine.vm.power_on ? <PlanDialog {...props} bound={bind(rescue)} /> : <ConfirmRescue {...props} />
}

/** A machine that is off needs no plan: the usual confirm dialog takes over. */
function ConfirmRescue({ group, machine, onClose }: Omit<Props, 'kind'>) {
  useEffect(() => {
    onClose()
    confirmAndRun(rescue, group, machine)
    // oxlint-disable-next-line react/exhaustive-deps -- once, even if the machine changes
  }, [])
  return null
}
