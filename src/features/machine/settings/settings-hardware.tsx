import { bind } from '../../../actions/action.ts'
import { change } from '../../../actions/lifecycle.ts'
import { useQuery } from '@tanstack/react-query'
import { definitionQueries } from '../../../api/definitions.ts'
import { coresProblem, memoryProblem } from '../../../lib/machine-specs.ts'
import { mibIn, numberIn, mibToGib } from '../../../lib/units.ts'
import { appliesAtRestart } from '../../../operations/waiting-restart.ts'
import { Notice } from '../../../ui/notice.tsx'
import { NumberField } from '../../../ui/fields/number-field.tsx'
import { SelectField } from '../../../ui/fields/select-field.tsx'
import { SwitchField } from '../../../ui/fields/switch-field.tsx'
import { patchOf, useDraft } from './settings-draft.ts'
import { SettingsForm } from './settings-form.tsx'
import type { TabProps } from '../../../components/machine/tab-props.ts'

/** Cores, memory, and the profile of the virtual hardware. */
export function HardwareForm(props: TabProps) {
  const { vm } = props.machine
  const definitions = useQuery(definitionQueries.all())
  const draft = useDraft(
    {
      cores: String(vm.cores),
      memory: String(mibToGib(vm.memory)),
      hardware_profile: vm.hardware_profile ?? '',
      hardware_profile_locked: vm.hardware_profile_locked ?? false,
    },
    `${vm.id}/hardware`,
  )
  const { cores, memory, hardware_profile, hardware_profile_locked } = draft.values
  const mib = mibIn(memory)
  const patch = patchOf({
    cores: { differs: draft.differs('cores') && numberIn(cores) !== vm.cores, value: numberIn(cores) },
    memory: { differs: draft.differs('memory') && mib !== vm.memory, value: mib },
    hardware_profile: { differs: draft.differs('hardware_profile'), value: hardware_profile },
    hardware_profile_locked: {
      differs: draft.differs('hardware_profile_locked'),
      value: hardware_profile_locked,
    },
  })
  // A smaller memory is taken at once, under the guest's feet (API reference, "Changing a machine").
  const shrinks =
    vm.power_on && mib < vm.memory
      ? 'Memory is taken away only while it is off: shut it down, change it and start it.'
      : null
  const profiles = new Set(definitions.data?.hardware_profiles)
  if (vm.hardware_profile) profiles.add(vm.hardware_profile)
  const waits = vm.power_on && patch !== null && Object.keys(patch).some(appliesAtRestart)
  return (
    <SettingsForm
      {...props}
      title="Hardware"
      action={change}
      bound={patch && bind(change, patch)}
      patch={patch}
      problems={{
        cores: draft.differs('cores') ? coresProblem(cores) : null,
        memory: draft.differs('memory') ? memoryProblem(memory) : null,
      }}
      guidedOnly={draft.differs('memory') ? shrinks : null}
      onClear={draft.clear}
      notes={
        waits &&
        shrinks === null && (
          <Notice tone="warn" title="It is running: this waits for a restart">
            Cores, memory and hardware profile take effect when it is off and on again. Reboot does that, or
            Restart; Reset does not. To have it all done in one go, shut it down, change it and start it.
          </Notice>
        )
      }
    >
      {(errorsOf) => (
        <>
          <div className="grid grid-cols-2 gap-3.5">
            <NumberField
              label="Cores"
              value={cores}
              errors={errorsOf('cores')}
              onChange={(event) => draft.set('cores', event.currentTarget.value)}
            />
            <NumberField
              label="Memory"
              unit="GiB"
              inputMode="decimal"
              hint={Number.isNaN(mib) || mib % 1024 === 0 ? undefined : `is sent as ${mib} MiB`}
              value={memory}
              errors={errorsOf('memory')}
              onChange={(event) => draft.set('memory', event.currentTarget.value)}
            />
          </div>
          <SelectField
            label="Hardware profile"
            placeholder={vm.hardware_profile ? undefined : 'none'}
            options={[...profiles]}
            hint={definitions.isError ? 'BigV has not told what profiles it has.' : undefined}
            value={hardware_profile}
            errors={errorsOf('hardware_profile')}
            onChange={(event) => draft.set('hardware_profile', event.currentTarget.value)}
          />
          <SwitchField
            label="Keep this profile"
            hint="While this is off, BigV may upgrade the profile by itself (hardware_profile_locked)."
            checked={hardware_profile_locked}
            errors={errorsOf('hardware_profile_locked')}
            onChange={(event) => draft.set('hardware_profile_locked', event.currentTarget.checked)}
          />
        </>
      )}
    </SettingsForm>
  )
}
