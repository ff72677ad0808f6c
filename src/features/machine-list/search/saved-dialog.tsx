import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { announce } from '../../../ui/live-region.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import { forgetSearch, LONGEST_NAME, saveSearch, useSavedSearches } from './saved-searches.tsx'

/** Saves the search under a name, and removes saved ones. */
export function SavedDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const saved = useSavedSearches()
  const [typed, setTyped] = useState('')
  const name = typed.trim()
  const existing = saved.find((each) => each.name === name)
  const save = () => {
    saveSearch({ name, query })
    announce(`The search is saved as ${name}.`)
    onClose()
  }
  return (
    <Dialog
      open
      width="small"
      title="Saved searches"
      description="They are kept in this browser, and shown to you alone."
      onOpenChange={(open) => !open && onClose()}
    >
      <div className="grid gap-4">
        {query !== '' && (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              if (name !== '') save()
            }}
          >
            <TextField
              label="Name"
              hint={
                existing && existing.query !== query ? (
                  <>
                    Takes the place of <code className="wrap-anywhere">{existing.query}</code>.
                  </>
                ) : (
                  <>
                    Saves <code className="wrap-anywhere">{query}</code>.
                  </>
                )
              }
              value={typed}
              maxLength={LONGEST_NAME}
              autoComplete="off"
              onChange={(event) => setTyped(event.currentTarget.value)}
              after={
                <Button
                  type="submit"
                  variant="primary"
                  disabledReason={name === '' ? 'Give it a name first.' : null}
                >
                  Save
                </Button>
              }
            />
          </form>
        )}
        {saved.length > 0 && (
          <ul className="divide-y divide-line border-t border-line">
            {saved.map((each) => (
              <li key={each.name} className="flex items-center gap-3 py-1.5">
                <span className="min-w-0 flex-1">
                  <span className="block font-medium wrap-anywhere">{each.name}</span>
                  <code className="block text-muted wrap-anywhere">{each.query}</code>
                </span>
                <IconButton
                  label={`Forget ${each.name}`}
                  onClick={() => {
                    forgetSearch(each.name)
                    announce(`${each.name} is forgotten.`)
                  }}
                >
                  <Trash2 size={15} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
        {query === '' && saved.length === 0 && <p className="text-muted">There are none.</p>}
      </div>
    </Dialog>
  )
}
