import { useState } from 'react'
import type { Definitions } from '../../../api/definitions.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/fields/field.tsx'
import { TextAreaField } from '../../../ui/fields/text-field.tsx'
import { importText, WHOLE, type Imported } from './import-bundle.ts'

interface Props {
  definitions: Definitions | undefined
  onImport: (imported: Imported) => void
}

export function ImportButton({ definitions, onImport }: Props) {
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

/** JSON, pasted or from a file, with a list of what will be ignored of it. */
function ImportDialog({ definitions, onImport, onClose }: Props & { onClose: () => void }) {
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
      setFileError('The browser could not read this file.')
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Import a bundle"
      description="JSON as it was exported here, or as BigV’s vm_create takes it. It takes the place of what stands in the form."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabledReason={
              imported === null
                ? 'Paste JSON or choose a file first.'
                : count === 0
                  ? 'There is nothing to take.'
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
          mono
          rows={10}
          autoComplete="off"
          spellCheck={false}
          placeholder='{"virtual_machine": {"name": "web4", "cores": 2, "memory": 4096}, "discs": […]}'
          value={text}
          errors={failure ? [failure.reason] : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Field label="Or a file" errors={fileError === null ? undefined : [fileError]}>
          {(tied) => (
            <input
              {...tied}
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
              <p className="font-medium">Will not be taken:</p>
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
            <p>All of it will be taken.</p>
          )}
        </div>
      </div>
    </Dialog>
  )
}
