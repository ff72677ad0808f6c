import { useQuery } from '@tanstack/react-query'
import { bind } from '../../../actions/action.ts'
import { reboot, reset } from '../../../actions/forced.ts'
import { change } from '../../../actions/hardware.ts'
import { restart } from '../../../actions/power.ts'
import { definitionQueries } from '../../../api/definitions.ts'
import { isValidSegment } from '../../../api/path.ts'
import { withoutCredentials } from '../../../api/redact.ts'
import type { MachineInGroup } from '../../../api/virtual-machines.ts'
import { useGroups } from '../../../components/groups.tsx'
import { hostnameAfter } from '../../../components/machine/hostname-after.ts'
import { useDraft } from '../../../components/use-draft.ts'
import { cdromProblem, coresProblem, memoryProblem } from '../../../lib/machine-specs.ts'
import { machineNameProblem, segmentOf } from '../../../lib/names.ts'
import { formatMib, mibIn, mibToGib, numberIn } from '../../../lib/units.ts'
import { appliesAtRestart } from '../../../operations/pending-restart.ts'
import { SwitchField } from '../../../ui/fields/checkbox.tsx'
import { SelectField } from '../../../ui/fields/select-field.tsx'
import { NumberField, TextField } from '../../../ui/fields/text-field.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { patchOf, SettingsForm } from './settings-form.tsx'

export function IdentityForm(props: MachineInGroup) {
  const { vm } = props.machine
  const groups = useGroups(props.group.account)
  const own = groups.find(({ id, name }) => id === vm.group_id || name === props.group.group)
  const ownId = String(vm.group_id ?? own?.id ?? '')
  const draft = useDraft({ name: vm.name, group: ownId }, { form: `${vm.id}/identity` })
  const { name, group } = draft.values
  const patch = patchOf({
    name: draft.changed('name'),
    group_id: draft.differs('group') ? Number(group) : undefined,
  })
  const newGroup = groups.find(({ id }) => String(id) === group)
  const movesTo = draft.differs('group') && newGroup !== undefined ? segmentOf(newGroup) : null
  const hostname = hostnameAfter(vm, name, draft.differs('group') ? newGroup?.name : undefined)
  const options = groups.map((each) => ({
    value: String(each.id),
    label: each.name,
    // A group whose name doesn't fit in a URL path can't be chosen: its machines couldn't be fetched.
    disabled: each !== own && !isValidSegment(each.name),
  }))
  if (own === undefined) options.unshift({ value: ownId, label: props.group.group, disabled: false })
  return (
    <SettingsForm
      {...props}
      title="Name and group"
      action={change}
      bound={patch && bind(change, { attributes: patch, movesTo })}
      problems={{ name: draft.differs('name') ? machineNameProblem(name) : null }}
      draft={draft}
      notes={
        <Notice tone="warn">
          The hostname changes too{hostname && <>, to {<code>{hostname}</code>}</>}. Tell everyone who uses
          the old one.
        </Notice>
      }
    >
      {(errorsOf) => (
        <div className="grid gap-3.5 sm:grid-cols-2">
          <TextField label="Name" mono errors={errorsOf('name')} {...draft.text('name')} />
          <SelectField
            label="Group"
            translate="no"
            options={options}
            errors={errorsOf('group_id')}
            {...draft.text('group', props.group.group)}
          />
        </div>
      )}
    </SettingsForm>
  )
}

export function HardwareForm(props: MachineInGroup) {
  const { vm } = props.machine
  const definitions = useQuery(definitionQueries.all())
  const draft = useDraft(
    {
      cores: String(vm.cores),
      memory: String(mibToGib(vm.memory)),
      hardware_profile: vm.hardware_profile ?? '',
      hardware_profile_locked: vm.hardware_profile_locked ?? false,
    },
    { form: `${vm.id}/hardware` },
  )
  const { cores, memory } = draft.values
  const mib = mibIn(memory)
  const patch = patchOf({
    cores: draft.differs('cores') && numberIn(cores) !== vm.cores ? numberIn(cores) : undefined,
    memory: draft.differs('memory') && mib !== vm.memory ? mib : undefined,
    hardware_profile: draft.changed('hardware_profile'),
    hardware_profile_locked: draft.changed('hardware_profile_locked'),
  })
  // BigV removes memory from a running guest at once, "but badly" (docs/bigv-api.md#changing-a-vm).
  const shrinks =
    vm.power_on && mib < vm.memory
      ? 'Memory can only be reduced while the machine is off: shut it down, change it, start it.'
      : null
  const profiles = new Set(definitions.data?.hardware_profiles)
  if (vm.hardware_profile) profiles.add(vm.hardware_profile)
  const waits = vm.power_on && patch !== null && Object.keys(patch).some(appliesAtRestart)
  return (
    <SettingsForm
      {...props}
      title="Hardware"
      action={change}
      bound={patch && bind(change, { attributes: patch })}
      problems={{
        cores: draft.differs('cores') ? coresProblem(cores) : null,
        memory: draft.differs('memory') ? memoryProblem(memory) : null,
      }}
      guidedOnly={draft.differs('memory') ? shrinks : null}
      saveLabel={waits ? 'Save for next restart' : 'Save'}
      draft={draft}
      notes={
        waits &&
        shrinks === null && (
          <Notice tone="warn" title="The machine is running: this takes effect at the next restart">
            Changes to cores, memory and hardware profile take effect once the machine has been off and on
            again. {restart.label} or {reboot.label} does that; {reset.label} doesn’t. “Apply now” does
            everything in one go.
          </Notice>
        )
      }
    >
      {(errorsOf) => (
        <>
          <div className="grid grid-cols-2 gap-3.5">
            <NumberField label="Cores" errors={errorsOf('cores')} {...draft.text('cores')} />
            <NumberField
              label="Memory"
              unit="GiB"
              inputMode="decimal"
              hint={Number.isNaN(mib) || mib % 1024 === 0 ? undefined : `Sent as ${mib} MiB.`}
              errors={errorsOf('memory')}
              {...draft.text('memory', formatMib(vm.memory))}
            />
          </div>
          <SelectField
            label="Hardware profile"
            placeholder={vm.hardware_profile ? undefined : 'none'}
            options={[...profiles]}
            hint={definitions.isError ? 'Couldn’t load BigV’s hardware profiles.' : undefined}
            errors={errorsOf('hardware_profile')}
            {...draft.text('hardware_profile')}
          />
          <SwitchField
            label="Lock profile"
            hint="BigV won’t upgrade a locked profile automatically."
            errors={errorsOf('hardware_profile_locked')}
            {...draft.checked('hardware_profile_locked')}
          />
        </>
      )}
    </SettingsForm>
  )
}

export function MediaForm(props: MachineInGroup) {
  const { vm } = props.machine
  const definitions = useQuery(definitionQueries.all())
  // The URL's user:password is a secret. The form shows dots instead, and never sends the dots.
  const shownUrl = withoutCredentials(vm.cdrom_url ?? '')
  const draft = useDraft({ cdrom_url: shownUrl, keymap: vm.keymap ?? '' }, { form: `${vm.id}/media` })
  const { cdrom_url, keymap } = draft.values
  const patch = patchOf({
    cdrom_url: draft.differs('cdrom_url') ? cdrom_url.trim() || null : undefined,
    keymap: draft.differs('keymap') ? keymap || null : undefined,
  })
  const keymaps = new Set(definitions.data?.keymaps)
  if (vm.keymap) keymaps.add(vm.keymap)
  return (
    <SettingsForm
      {...props}
      title="Console"
      action={change}
      bound={patch && bind(change, { attributes: patch })}
      problems={{ cdrom_url: draft.differs('cdrom_url') ? urlProblem(cdrom_url) : null }}
      draft={draft}
      notes={
        vm.power_on && <Notice>{vm.name} is running: the guest may not see this until it restarts.</Notice>
      }
    >
      {(errorsOf) => (
        <>
          <TextField
            label="CD image URL"
            optional
            mono
            type="url"
            placeholder="https://"
            hint="URL of an ISO image that BigV can download. Leave blank to eject the CD."
            errors={errorsOf('cdrom_url')}
            {...draft.text('cdrom_url')}
          />
          <SelectField
            label="Console keymap"
            placeholder="default"
            options={[...keymaps].toSorted()}
            hint={definitions.isError ? 'Couldn’t load BigV’s keymaps.' : undefined}
            errors={errorsOf('keymap')}
            {...draft.text('keymap')}
          />
        </>
      )}
    </SettingsForm>
  )
}

function urlProblem(text: string): string | null {
  if (text.includes('•')) return 'If you change the URL, enter its username and password again.'
  return cdromProblem(text)
}
