import { useState } from 'react'
import type { Definitions } from '../../../api/definitions.ts'
import { downloadText } from '../../../lib/download.ts'
import type { GroupRef } from '../../../lib/links.ts'
import { Button } from '../../../ui/button.tsx'
import { CheckboxField } from '../../../ui/fields/checkbox-field.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import type { CreateValues } from '../form-values.ts'
import { bundleText, givenBundle, linkTo } from './give-bundle.ts'

interface Props {
  group: GroupRef
  values: CreateValues
  definitions: Definitions | undefined
  onClose: () => void
}

/** What stands in the form, without secrets, as JSON and as a link. */
export function ExportDialog({ group, values, definitions, onClose }: Props) {
  const [withScript, setWithScript] = useState(false)
  const grades = definitions?.storage_grades ?? []
  const text = bundleText(givenBundle(values, grades, withScript))
  const link = location.origin + linkTo(group, givenBundle(values, grades, false))
  const hasScript = values.system === 'distribution' && values.firstboot_script.trim() !== ''
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Export what is filled in"
      description="Without a root password, and without the user and password of a CD."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button variant="primary" onClick={() => downloadText(`${fileName(values.name)}.json`, text, TYPE)}>
            Download JSON
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <section aria-labelledby="exported-link" className="grid gap-1.5">
          <h3 id="exported-link" className="font-semibold">
            A link that fills in the wizard
          </h3>
          <CodeBlock code={link} copyLabel="Copy the link" className="rounded-lg border border-line" />
          {hasScript && <p className="text-xs text-muted">A first-boot script never goes into a link.</p>}
        </section>
        <section aria-labelledby="exported-json" className="grid gap-1.5">
          <h3 id="exported-json" className="font-semibold">
            JSON, as BigV’s vm_create takes it
          </h3>
          {hasScript && (
            <CheckboxField
              label="With the first-boot script"
              hint="It often holds secrets: look through it first."
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

const TYPE = 'application/json'

function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|-+$/g, '') || 'machine'
}
