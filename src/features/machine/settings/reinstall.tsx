import { useState, type ReactNode } from 'react'
import { bind } from '../../../actions/action.ts'
import { reimage } from '../../../actions/lifecycle.ts'
import { shutDown } from '../../../actions/power.ts'
import { rescue } from '../../../actions/rescue.ts'
import type { MachineInGroup } from '../../../api/virtual-machines.ts'
import { confirmAndRun } from '../../../components/actions/confirm.tsx'
import { formatMib } from '../../../lib/units.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { lazyComponent } from '../../../ui/lazy.tsx'

const ReimageDialog = lazyComponent(
  async () => (await import('../../reimage/reimage-dialog.tsx')).ReimageDialog,
  { onDemand: true },
)
const PlanDialog = lazyComponent(async () => (await import('../../plan/plan-dialog.tsx')).PlanDialog, {
  onDemand: true,
})

/** An action that a running machine has to be shut down for, which a plan does first. */
interface Repair {
  disabledReason: string | null
  open: () => void
}

export interface Reinstall {
  reimage: Repair
  rescue: Repair
  /** The dialog that one of them has opened. Rendered where a change of the window's width doesn't drop it. */
  dialog: ReactNode
}

/** Re-image and rescue for a machine, on or off. */
export function useReinstall(props: MachineInGroup): Reinstall {
  const { group, machine } = props
  const [opened, setOpened] = useState<'reimage' | 'rescue' | null>(null)
  const disabledReasonOf = useDisabledReason(machine)
  const running = machine.vm.power_on
  const discless =
    machine.vm.discs?.length === 0 ? 'There’s no disc to install a system on. Add one first.' : null
  const dialog = { ...props, onClose: () => setOpened(null) }
  return {
    reimage: {
      disabledReason: disabledReasonOf(running ? shutDown : reimage) ?? discless,
      open: () => setOpened('reimage'),
    },
    rescue: {
      disabledReason: disabledReasonOf(running ? shutDown : rescue),
      open: () => (running ? setOpened('rescue') : confirmAndRun(rescue, group, machine)),
    },
    dialog: (
      <>
        {opened === 'reimage' && <ReimageDialog {...dialog} />}
        {opened === 'rescue' && <PlanDialog {...dialog} bound={bind(rescue)} />}
      </>
    ),
  }
}

/** What a re-image of this machine erases, and how it leaves the machine. */
export function reimageLoss({ machine: { vm } }: MachineInGroup): string {
  const { discs } = vm
  const first = discs?.[0]
  const named = first ? `, ${first.label} (${formatMib(first.size)}),` : ''
  const others = (discs?.length ?? 0) > 1 ? 'The other discs aren’t changed.' : 'There are no other discs.'
  return `Re-imaging erases the first disc${named} and installs a new operating system. ${discs ? others : ''} The machine is left on, with automatic restart turned off.`
}
