import { useState } from 'react'
import type { Definitions } from '../../../api/definitions.ts'
import type { GroupRef } from '../../../lib/links.ts'
import { Button } from '../../../ui/button.tsx'
import type { CreateValues } from '../form-values.ts'
import { ExportDialog } from './export-dialog.tsx'
import { ImportDialog } from './import-dialog.tsx'
import type { Taken } from './take-bundle.ts'

interface Props {
  group: GroupRef
  values: CreateValues
  definitions: Definitions | undefined
  /** Whether nothing is missing: only then there is something to pass on. */
  complete: boolean
  onTake: (taken: Taken) => void
}

/** What stands in the form, passed on and taken from elsewhere. */
export function Exchange({ group, values, definitions, complete, onTake }: Props) {
  const [open, setOpen] = useState<'import' | 'export' | null>(null)
  const close = () => setOpen(null)
  return (
    <div className="flex flex-wrap gap-1">
      <Button variant="quiet" onClick={() => setOpen('import')}>
        Import JSON
      </Button>
      <Button
        variant="quiet"
        disabledReason={complete ? null : 'Go on to the review first: what is passed on should be whole.'}
        onClick={() => setOpen('export')}
      >
        Export JSON, or a link
      </Button>
      {open === 'import' && (
        <ImportDialog
          definitions={definitions}
          onClose={close}
          onTake={(taken) => {
            close()
            onTake(taken)
          }}
        />
      )}
      {open === 'export' && (
        <ExportDialog group={group} values={values} definitions={definitions} onClose={close} />
      )}
    </div>
  )
}
