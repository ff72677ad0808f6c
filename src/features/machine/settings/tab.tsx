import type { ReactNode } from 'react'
import { bind } from '../../../actions/action.ts'
import { autorebootTo } from '../../../actions/autoreboot.ts'
import { reimage } from '../../../actions/lifecycle.ts'
import { rescue } from '../../../actions/rescue.ts'
import type { MachineInGroup } from '../../../api/virtual-machines.ts'
import { useDraft } from '../../../components/use-draft.ts'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { SwitchField } from '../../../ui/fields/checkbox.tsx'
import { reimageLoss, useReinstall } from './reinstall.tsx'
import { HardwareForm, IdentityForm, MediaForm } from './forms.tsx'
import { SettingsForm } from './settings-form.tsx'

/** The machine's settings, in cards that are saved separately. */
export function SettingsTab(props: MachineInGroup) {
  return (
    <div className="grid max-w-7xl items-start gap-4 lg:grid-cols-2">
      <div className="grid gap-4">
        <HardwareForm {...props} />
        <IdentityForm {...props} />
      </div>
      <div className="grid gap-4">
        <AutorebootForm {...props} />
        <MediaForm {...props} />
      </div>
      <ReinstallCard {...props} />
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
      title="Power"
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

/** Re-image and rescue, which are also in the menu ⋯. */
function ReinstallCard(props: MachineInGroup) {
  const { reimage: image, rescue: repair, dialog } = useReinstall(props)
  const running = props.machine.vm.power_on ? 'The machine is running, so it will be shut down first.' : ''
  return (
    <Card title="Reinstall or repair" className="lg:col-span-2">
      <div className="grid divide-y divide-line">
        <Choice
          title={reimage.label}
          text={`${reimageLoss(props)} ${running}`}
          button={
            <Button variant="danger" disabledReason={image.disabledReason} onClick={image.open}>
              {reimage.label}…
            </Button>
          }
        />
        <Choice
          title="Rescue"
          text={`Boots once into BigV’s rescue system so you can repair the machine. Its discs aren’t changed. ${running}`}
          button={
            <Button disabledReason={repair.disabledReason} onClick={repair.open}>
              {rescue.label}…
            </Button>
          }
        />
      </div>
      {dialog}
    </Card>
  )
}

function Choice({ title, text, button }: { title: string; text: string; button: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-3.5 py-3 sm:px-4">
      <div className="max-w-prose flex-[1_1_20rem]">
        <h3 className="font-medium">{title}</h3>
        <p className="text-muted">{text}</p>
      </div>
      {button}
    </div>
  )
}
