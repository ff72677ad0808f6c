import { bind } from '../../../actions/action.ts'
import { autorebootTo } from '../../../actions/power.ts'
import { SwitchField } from '../../../ui/fields/switch-field.tsx'
import { useDraft } from './settings-draft.ts'
import { SettingsForm } from './settings-form.tsx'
import type { TabProps } from '../../../components/machine/tab-props.ts'

/** Whether BigV turns the machine on again whenever it is off. */
export function AutorebootForm(props: TabProps) {
  const { vm } = props.machine
  const draft = useDraft({ autoreboot_on: vm.autoreboot_on }, `${vm.id}/autoreboot`)
  const { autoreboot_on } = draft.values
  const action = autorebootTo(autoreboot_on)
  // Turned on for a machine that is off, it starts it (official client: this is how it starts machines).
  const starts = autoreboot_on && !vm.autoreboot_on && !vm.power_on
  return (
    <SettingsForm
      {...props}
      title="Autoreboot"
      action={action}
      bound={draft.differs('autoreboot_on') ? bind(action) : null}
      problems={{}}
      saveLabel={starts ? 'Save and start' : 'Save'}
      onClear={draft.clear}
    >
      {(errorsOf) => (
        <SwitchField
          label="Comes back on after it powers off"
          hint={
            starts
              ? 'It is off: BigV will start it as soon as this is on.'
              : 'Whenever the machine is off, BigV turns it on again.'
          }
          checked={autoreboot_on}
          errors={errorsOf('autoreboot_on')}
          onChange={(event) => draft.set('autoreboot_on', event.currentTarget.checked)}
        />
      )}
    </SettingsForm>
  )
}
