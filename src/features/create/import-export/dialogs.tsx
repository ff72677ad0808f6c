import { useState } from 'react'
import type { Definitions } from '../../../api/definitions.ts'
import { downloadText } from '../../../lib/download.ts'
import type { GroupRef } from '../../../lib/links.ts'
import { Button } from '../../../ui/button.tsx'
import { CodeBlock } from '../../../ui/code.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { CheckboxField } from '../../../ui/fields/checkbox.tsx'
import { Field } from '../../../ui/fields/field.tsx'
import { TextAreaField } from '../../../ui/fields/text-field.tsx'
import { bundleText, exportableBundle } from '../form/bundle.ts'
import type { CreateValues } from '../form/form-values.ts'
import { importText, WHOLE, type Imported } from './import-bundle.ts'
import { exportLink } from './link.ts'

interface ExportProps {
  group: GroupRef
  values: CreateValues
  definitions: Definitions | undefined
}

/** `complete`: true if all steps are complete. An incomplete form cannot be exported. */
export function ExportButton({ complete, ...props }: ExportProps & { complete: boolean }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="quiet"
        disabledReason={complete ? null : 'Finish all steps before sharing.'}
        onClick={() => setOpen(true)}
      >
        Share…
      </Button>
      {open && <ExportDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

/** The form without secrets, as JSON and as a link. */
export function ExportDialog({ group, values, definitions, onClose }: ExportProps & { onClose: () => void }) {
  const [withScript, setWithScript] = useState(false)
  const grades = definitions?.storage_grades ?? []
  const text = bundleText(exportableBundle(values, grades, withScript))
  const link = location.origin + exportLink(group, exportableBundle(values, grades, false))
  const hasScript = values.system === 'distribution' && values.firstboot_script.trim() !== ''
  return (
    <Dialog
      onClose={onClose}
      title="Share this form"
      description="The root password and the CD’s user and password aren’t included."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="primary"
            onClick={() => downloadText(`${fileName(values.name)}.json`, text, JSON_TYPE)}
          >
            Download JSON
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <section aria-labelledby="exported-link" className="grid gap-1.5">
          <h3 id="exported-link" className="font-semibold">
            Link to the filled-in form
          </h3>
          <CodeBlock code={link} copyLabel="Copy link" className="rounded-lg border border-line" />
          {hasScript && <p className="text-xs text-muted">Links never include the first-boot script.</p>}
        </section>
        <section aria-labelledby="exported-json" className="grid gap-1.5">
          <h3 id="exported-json" className="font-semibold">
            JSON for <code>vm_create</code>
          </h3>
          {hasScript && (
            <CheckboxField
              label="Include the first-boot script"
              hint="Scripts often contain secrets. Check yours first."
              checked={withScript}
              onChange={(event) => setWithScript(event.currentTarget.checked)}
            />
          )}
          <CodeBlock code={text.trimEnd()} copyLabel="Copy JSON" className="rounded-lg border border-line" />
        </section>
      </div>
    </Dialog>
  )
}

const JSON_TYPE = 'application/json'

function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|-+$/g, '') || 'machine'
}

interface ImportProps {
  definitions: Definitions | undefined
  onImport: (imported: Imported) => void
}

export function ImportButton({ definitions, onImport }: ImportProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="quiet" onClick={() => setOpen(true)}>
        Import JSON
      </Button>
      {open && (
        <ImportDialog
          definitions={definitions}
          onImport={(imported) => {
            setOpen(false)
            onImport(imported)
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

/** Imports JSON, pasted or from a file, and lists attributes that will be ignored. */
function ImportDialog({ definitions, onImport, onClose }: ImportProps & { onClose: () => void }) {
  const [text, setText] = useState('')
  const [fileError, setFileError] = useState<string | null>(null)
  const imported = text.trim() === '' ? null : importText(text, definitions)
  const count = Object.keys(imported?.values ?? {}).length
  const failure = imported?.ignored.find(({ field }) => field === WHOLE)
  const ignored = imported?.ignored.filter((each) => each !== failure) ?? []
  const readFile = async (file: File) => {
    try {
      setText(await file.text())
      setFileError(null)
    } catch {
      setFileError('Your browser couldn’t read this file.')
    }
  }
  return (
    <Dialog
      onClose={onClose}
      title="Import JSON"
      description={
        <>
          Paste JSON that this dashboard exported, or a <code>vm_create</code> body. It replaces the form.
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabledReason={
              imported === null
                ? 'Paste JSON or choose a file first.'
                : count === 0
                  ? 'There’s nothing to import.'
                  : null
            }
            onClick={() => imported && onImport(imported)}
          >
            Fill in the form
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <TextAreaField
          label="JSON"
          rows={10}
          autoComplete="off"
          spellCheck={false}
          placeholder='{"virtual_machine": {"name": "web4", "cores": 2, "memory": 4096}, "discs": […]}'
          value={text}
          errors={failure ? [failure.reason] : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Field of={{ label: 'Or choose a file', errors: fileError === null ? undefined : [fileError] }}>
          {(control) => (
            <input
              {...control}
              type="file"
              accept=".json,application/json"
              className="block w-full text-muted file:mr-3 file:h-8 file:rounded-lg file:border file:border-line-strong file:bg-surface file:px-3 file:font-medium file:text-text"
              onChange={({ currentTarget: { files } }) => {
                const file = files?.[0]
                if (file) void readFile(file)
              }}
            />
          )}
        </Field>
        <div aria-live="polite">
          {ignored.length > 0 && (
            <>
              <p className="font-medium">Will be ignored or changed:</p>
              <ul className="list-disc pl-4">
                {ignored.map(({ field, reason }) => (
                  <li key={field} className="wrap-anywhere">
                    <span className="font-mono text-xs">{field}</span> {reason}
                  </li>
                ))}
              </ul>
            </>
          )}
          {imported !== null && failure === undefined && ignored.length === 0 && (
            <p>Everything will be imported.</p>
          )}
        </div>
      </div>
    </Dialog>
  )
}
