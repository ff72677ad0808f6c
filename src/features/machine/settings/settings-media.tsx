import { bind } from '../../../actions/action.ts'
import { change } from '../../../actions/lifecycle.ts'
import { useQuery } from '@tanstack/react-query'
import { definitionQueries } from '../../../api/definitions.ts'
import { withoutCredentials } from '../../../api/redact.ts'
import { cdromProblem } from '../../../lib/machine-specs.ts'
import { Notice } from '../../../ui/notice.tsx'
import { SelectField } from '../../../ui/fields/select-field.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import { patchOf, useDraft } from './settings-draft.ts'
import { SettingsForm } from './settings-form.tsx'
import type { TabProps } from '../../../components/machine/tab-props.ts'

/** What is in its CD drive, and the keyboard of its console. */
export function MediaForm(props: TabProps) {
  const { vm } = props.machine
  const definitions = useQuery(definitionQueries.all())
  // A user:password in the URL is a secret: it is neither shown nor sent back with its dots.
  const shownUrl = withoutCredentials(vm.cdrom_url ?? '')
  const draft = useDraft({ cdrom_url: shownUrl, keymap: vm.keymap ?? '' }, `${vm.id}/media`)
  const { cdrom_url, keymap } = draft.values
  const patch = patchOf({
    cdrom_url: { differs: draft.differs('cdrom_url'), value: cdrom_url.trim() || null },
    keymap: { differs: draft.differs('keymap'), value: keymap || null },
  })
  const keymaps = new Set(definitions.data?.keymaps)
  if (vm.keymap) keymaps.add(vm.keymap)
  return (
    <SettingsForm
      {...props}
      title="CD and keyboard"
      action={change}
      bound={patch && bind(change, { attributes: patch })}
      problems={{ cdrom_url: draft.differs('cdrom_url') ? urlProblem(cdrom_url) : null }}
      onClear={draft.clear}
      notes={vm.power_on && <Notice>It is running: this may need a restart before the guest sees it.</Notice>}
    >
      {(errorsOf) => (
        <>
          <TextField
            label="URL of the CD"
            optional
            mono
            type="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://"
            hint="An ISO image that BigV can fetch. Empty takes the CD out."
            value={cdrom_url}
            errors={errorsOf('cdrom_url')}
            onChange={(event) => draft.set('cdrom_url', event.currentTarget.value)}
          />
          <SelectField
            label="Keymap of the console"
            placeholder="default"
            options={[...keymaps].toSorted()}
            hint={definitions.isError ? 'BigV has not told what keymaps it has.' : undefined}
            value={keymap}
            errors={errorsOf('keymap')}
            onChange={(event) => draft.set('keymap', event.currentTarget.value)}
          />
        </>
      )}
    </SettingsForm>
  )
}

function urlProblem(text: string): string | null {
  if (text.includes('•')) return 'Type the user and the password anew, or leave the URL as it was.'
  return cdromProblem(text)
}
