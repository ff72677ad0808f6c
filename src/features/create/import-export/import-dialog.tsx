import { useState } from 'react'
import type { Definitions } from '../../../api/definitions.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/fields/field.tsx'
import { TextAreaField } from '../../../ui/fields/text-area-field.tsx'
import type { Taken } from './take-bundle.ts'
import { takeText } from './take-text.ts'

interface Props {
  definitions: Definitions | undefined
  onTake: (taken: Taken) => void
  onClose: () => void
}

/** Takes a bundle from a file or the clipboard, says what of it will be taken, and fills in the form with it. */
export function ImportDialog({ definitions, onTake, onClose }: Props) {
  const [text, setText] = useState('')
  const [unread, setUnread] = useState<string | null>(null)
  const taken = text.trim() === '' ? null : takeText(text, definitions)
  const count = Object.keys(taken?.values ?? {}).length
  const whole = taken?.notTaken.find(({ field }) => field === 'the whole')
  const others = taken?.notTaken.filter((each) => each !== whole) ?? []
  const read = async (file: File) => {
    try {
      setText(await file.text())
      setUnread(null)
    } catch {
      setUnread('The browser could not read this file.')
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
              taken === null
                ? 'Paste JSON or choose a file first.'
                : count === 0
                  ? 'There is nothing to take.'
                  : null
            }
            onClick={() => taken && onTake(taken)}
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
          errors={whole ? [whole.why] : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Field label="Or a file" errors={unread === null ? undefined : [unread]}>
          {(tied) => (
            <input
              {...tied}
              type="file"
              accept=".json,application/json"
              className="block w-full text-muted file:mr-3 file:h-8 file:rounded-lg file:border file:border-line-strong file:bg-surface file:px-3 file:font-medium file:text-text"
              onChange={({ currentTarget: { files } }) => {
                const file = files?.[0]
                if (file) void read(file)
              }}
            />
          )}
        </Field>
        <div aria-live="polite">
          {others.length > 0 && (
            <>
              <p className="font-medium">Will not be taken:</p>
              <ul className="list-disc pl-4">
                {others.map(({ field, why }) => (
                  <li key={field} className="wrap-anywhere">
                    <span className="font-mono text-xs">{field}</span> {why}
                  </li>
                ))}
              </ul>
            </>
          )}
          {taken !== null && whole === undefined && others.length === 0 && <p>All of it will be taken.</p>}
        </div>
      </div>
    </Dialog>
  )
}
