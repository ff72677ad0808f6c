import { bind } from '../../../actions/action.ts'
import { change } from '../../../actions/lifecycle.ts'
import { fitsPath } from '../../../api/path.ts'
import { useGroups } from '../../../components/use-groups.ts'
import { machineNameProblem } from '../../../lib/names.ts'
import { Notice } from '../../../ui/notice.tsx'
import { SelectField } from '../../../ui/fields/select-field.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import { patchOf, useDraft } from './settings-draft.ts'
import { SettingsForm } from './settings-form.tsx'
import { hostnameAfter } from './settings-hostname.ts'
import type { TabProps } from '../../../components/machine/tab-props.ts'

/** What it is called, and the group that it is in. */
export function IdentityForm(props: TabProps) {
  const { vm } = props.machine
  const groups = useGroups(props.group.account)
  const own = groups.find(({ id, name }) => id === vm.group_id || name === props.group.group)
  const ownId = String(vm.group_id ?? own?.id ?? '')
  const draft = useDraft({ name: vm.name, group: ownId }, `${vm.id}/identity`)
  const { name, group } = draft.values
  const patch = patchOf({
    name: { differs: draft.differs('name'), value: name },
    group_id: { differs: draft.differs('group'), value: Number(group) },
  })
  const newGroup = groups.find(({ id }) => String(id) === group)
  const hostname = hostnameAfter(vm, name, draft.differs('group') ? newGroup?.name : undefined)
  const options = groups.map((each) => ({
    value: String(each.id),
    label: each.name,
    // The machine could not be read there.
    disabled: each !== own && !fitsPath(each.name),
  }))
  if (own === undefined) options.unshift({ value: ownId, label: props.group.group, disabled: false })
  return (
    <SettingsForm
      {...props}
      title="Name and group"
      action={change}
      bound={patch && bind(change, patch)}
      patch={patch}
      problems={{ name: draft.differs('name') ? machineNameProblem(name) : null }}
      movesTo={draft.differs('group') ? (newGroup?.name ?? null) : null}
      onClear={draft.clear}
      notes={
        <Notice tone="warn">
          The hostname follows{hostname && <> and becomes {<code>{hostname}</code>}</>}. Whoever reaches it by
          the old one has to be told.
        </Notice>
      }
    >
      {(errorsOf) => (
        <div className="grid gap-3.5 sm:grid-cols-2">
          <TextField
            label="Name"
            mono
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={name}
            errors={errorsOf('name')}
            onChange={(event) => draft.set('name', event.currentTarget.value)}
          />
          <SelectField
            label="Group"
            options={options}
            value={group}
            errors={errorsOf('group_id')}
            onChange={(event) => draft.set('group', event.currentTarget.value)}
          />
        </div>
      )}
    </SettingsForm>
  )
}
