import { useState } from 'react'
import { bind } from '../../../actions/action.ts'
import { autorebootTo } from '../../../actions/autoreboot.ts'
import { reimage } from '../../../actions/lifecycle.ts'
import { shutDown } from '../../../actions/power.ts'
import { rescue } from '../../../actions/rescue.ts'
import type { MachineInGroup } from '../../../api/virtual-machines.ts'
import { confirmAndRun } from '../../../components/actions/confirm.tsx'
import { useDraft } from '../../../components/use-draft.ts'
import { formatMib } from '../../../lib/units.ts'
import { useDisabledReason } from '../../../operations/disabled-reason.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { SwitchField } from '../../../ui/fields/checkbox.tsx'
import { PlanDialog } from '../../plan/plan-dialog.tsx'
import { ReimageDialog } from '../../reimage/reimage-dialog.tsx'
import { HardwareForm, IdentityForm, MediaForm } from './forms.tsx'
import { SettingsForm } from './settings-form.tsx'

/** The machine's settings, in cards that are saved separately. */
export function SettingsTab(props: MachineInGroup) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="grid gap-4">
        <IdentityForm {...props} />
        <AutorebootForm {...props} />
        <ReimageCard {...props} />
        <RescueCard {...props} />
      </div>
      <div className="grid gap-4">
        <HardwareForm {...props} />
        <MediaForm {...props} />
      </div>
    </div>
  )
}

/** The switch for autoreboot_on. */
export function AutorebootForm(props: MachineInGroup) {
  const { vm } = props.machine
  const draft = useDraft({ autoreboot_on: vm.autoreboot_on }, { form: `${vm.id}/autoreboot` })
  const { autoreboot_on } = draft.values
  const action = autorebootTo(autoreboot_on)
  // BigV starts any machine that is off and has autoreboot_on; the official client starts machines this way (docs/bigv-api.md#power).
  const starts = autoreboot_on && !vm.autoreboot_on && !vm.power_on
  return (
    <SettingsForm
      {...props}
      title="Automatic restart"
      action={action}
      bound={draft.differs('autoreboot_on') ? bind(action) : null}
      problems={{}}
      saveLabel={starts ? 'Save and start' : 'Save'}
      draft={draft}
    >
      {(errorsOf) => (
        <SwitchField
          label="Restart automatically"
          hint={
            starts
              ? 'The machine is off. BigV will start it when you save.'
              : 'Whenever the machine powers off, BigV turns it on again.'
          }
          errors={errorsOf('autoreboot_on')}
          {...draft.checked('autoreboot_on')}
        />
      )}
    </SettingsForm>
  )
}

export function ReimageCard(props: MachineInGroup) {
  const [open, setOpen] = useState(false)
  const disabledReasonOf = useDisabledReason(props.machine)
  const { discs } = props.machine.vm
  const first = discs?.[0]
  const named = first ? `, ${first.label} (${formatMib(first.size)}),` : ''
  const others = (discs?.length ?? 0) > 1 ? 'The other discs aren’t changed.' : 'There are no other discs.'
  const lost = `Re-imaging erases the first disc${named} and installs a new operating system. ${discs ? others : ''} The machine is left on, with automatic restart turned off.`
  const running = props.machine.vm.power_on ? ' The machine is running, so it will be shut down first.' : ''
  const discless = discs?.length === 0 ? 'There’s no disc to install a system on. Add one first.' : null
  return (
    <Card title="System" padded>
      <p>
        {lost}
        {running}
      </p>
      <div className="mt-3.5 flex justify-end">
        <Button
          variant="danger"
          disabledReason={disabledReasonOf(props.machine.vm.power_on ? shutDown : reimage) ?? discless}
          onClick={() => setOpen(true)}
        >
          {reimage.label}
        </Button>
      </div>
      {open && <ReimageDialog {...props} lost={lost} onClose={() => setOpen(false)} />}
    </Card>
  )
}

/** Boots into BigV's rescue system, for a machine that can't boot its own. */
export function RescueCard(props: MachineInGroup) {
  const [open, setOpen] = useState(false)
  const disabledReasonOf = useDisabledReason(props.machine)
  const running = props.machine.vm.power_on
  return (
    <Card title="Rescue" padded>
      <p>
        Boots once into BigV’s rescue system so you can repair the machine. Its discs aren’t changed.{' '}
        {running && 'The machine is running, so it will be shut down first.'}
      </p>
      <div className="mt-3.5 flex justify-end">
        <Button
          disabledReason={disabledReasonOf(running ? shutDown : rescue)}
          onClick={() => (running ? setOpen(true) : confirmAndRun(rescue, props.group, props.machine))}
        >
          {rescue.label}
        </Button>
      </div>
      {open && <PlanDialog {...props} bound={bind(rescue)} onClose={() => setOpen(false)} />}
    </Card>
  )
}
