import Trash2 from 'lucide-react/icons/trash'
import { useState } from 'react'
import { TEXT_FIELD_NAMES, TEXT_FIELDS } from '../../../lib/search/fields.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form } from '../../../ui/fields/field.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import { announce } from '../../../ui/live-region.tsx'
import { Kbd } from '../../../ui/tag.tsx'
import { forgetSearch, LONGEST_NAME, saveSearch, useSavedSearches } from './saved-searches.tsx'

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
      width="small"
      title="Saved searches"
      description="They are kept in this browser, and shown to you alone."
      onClose={onClose}
    >
      <div className="grid gap-4">
        {query !== '' && (
          <Form onSubmit={() => name !== '' && save()}>
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
          </Form>
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

const EXAMPLES: readonly [string, string][] = [
  ['web 198.51', 'All of these words in name, hostname, id or address (an IPv6 by a word with a colon).'],
  ['"web 1"', 'Exactly this, spaces and all.'],
  ['is:running', 'By state: running, stopped, restarting, deleted, or changing (starting, shutting-down…).'],
  ['group:default', 'Of one group.'],
  ['head:head3', 'On one head; head:* for any, -head:* for none.'],
  ['profile:virtio*', 'Of a hardware profile; * stands for anything.'],
  ['cores>=4', 'By number: =, <, <=, > and >=.'],
  ['memory<2GiB', 'By memory, in MiB, GiB or TiB.'],
  ['-web -is:stopped', 'With a minus: without these.'],
]

/** The fields that have no example of their own above. */
const OTHER_FIELDS = TEXT_FIELD_NAMES.filter(
  (field) => !EXAMPLES.some(([text]) => text.startsWith(`${field}:`)),
).map((field): [string, string] => [
  `${field}:${TEXT_FIELDS[field].example}`,
  `By ${TEXT_FIELDS[field].about}.`,
])

export function SearchHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="How to search" description="A machine is shown when it fits every term." onClose={onClose}>
      <dl className="grid gap-x-5 gap-y-2 sm:grid-cols-[auto_1fr]">
        {[...EXAMPLES, ...OTHER_FIELDS].map(([example, meaning]) => (
          <div key={example} className="sm:contents">
            <dt>
              <code className="rounded-sm bg-raised px-1.5 py-0.5 whitespace-nowrap">{example}</code>
            </dt>
            <dd className="text-muted">{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-xs text-muted">
        <Kbd>/</Kbd> goes to the search, <Kbd>↓</Kbd> shows what there is to choose from, <Kbd>Enter</Kbd> or{' '}
        <Kbd>Tab</Kbd> takes it, <Kbd>Esc</Kbd> clears.
      </p>
    </Dialog>
  )
}
