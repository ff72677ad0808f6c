import Trash2 from 'lucide-react/icons/trash'
import { useState } from 'react'
import { definitionOf, TEXT_FIELD_NAMES } from '../../../lib/search/fields.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form } from '../../../ui/fields/field.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import { announce } from '../../../ui/live-region.tsx'
import { Kbd } from '../../../ui/tag.tsx'
import { removeSearch, MAX_NAME_LENGTH, saveSearch, useSavedSearches } from './saved-searches.tsx'

export function SavedDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const saved = useSavedSearches()
  const [typed, setTyped] = useState('')
  const name = typed.trim()
  const existing = saved.find((each) => each.name === name)
  const save = () => {
    saveSearch({ name, query })
    announce(`Search saved as ${name}.`)
    onClose()
  }
  return (
    <Dialog
      width="small"
      title="Saved searches"
      description="Saved in this browser, and shown only to you."
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
                    Replaces <code className="wrap-anywhere">{existing.query}</code>.
                  </>
                ) : (
                  <>
                    Saves <code className="wrap-anywhere">{query}</code>.
                  </>
                )
              }
              value={typed}
              maxLength={MAX_NAME_LENGTH}
              autoComplete="off"
              onChange={(event) => setTyped(event.currentTarget.value)}
              after={
                <Button
                  type="submit"
                  variant="primary"
                  disabledReason={name === '' ? 'Enter a name first.' : null}
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
                  label={`Remove ${each.name}`}
                  onClick={() => {
                    removeSearch(each.name)
                    announce(`${each.name} removed.`)
                  }}
                >
                  <Trash2 size={15} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
        {query === '' && saved.length === 0 && <p className="text-muted">No saved searches.</p>}
      </div>
    </Dialog>
  )
}

const EXAMPLES: readonly [string, string][] = [
  ['web 198.51', 'Finds machines that have all these words anywhere on their pages.'],
  [
    '2001:db8:0::7',
    'Addresses in any form, also MAC addresses. For part of an IPv6 address, include a colon.',
  ],
  ['"web 1"', 'Exactly this text, including spaces.'],
  ['is:running', 'By state: running, stopped, restarting, deleted, or changing (starting, shutting-down…).'],
  [
    'is:waiting',
    'Machines with a saved change that waits for a restart; is:overdue, with an overdue action.',
  ],
  ['group:default', 'Machines of one group.'],
  ['head:head3', 'Machines on one head; head:* for any, -head:* for none.'],
  ['profile:virtio*', 'By hardware profile; * matches anything.'],
  ['cores>=4', 'By number: =, <, <=, > and >=.'],
  ['memory<2GiB', 'By memory, in MiB, GiB or TiB.'],
  ['disc>40GiB', 'Machines with a disc of more than 40 GiB.'],
  ['-web -is:stopped', 'A minus excludes these machines.'],
]

/** The fields without an example above. */
const OTHER_FIELDS = TEXT_FIELD_NAMES.filter(
  (field) => !EXAMPLES.some(([text]) => text.startsWith(`${field}:`)),
).map((field): [string, string] => [
  `${field}:${definitionOf(field).example}`,
  `By ${definitionOf(field).about}.`,
])

export function SearchHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="How to search" description="All terms must match." onClose={onClose}>
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
        <Kbd>/</Kbd> focuses the search box. <Kbd>↓</Kbd> and <Kbd>Enter</Kbd> choose a suggestion; without
        suggestions, <Kbd>↓</Kbd> moves to the list and <Kbd>Enter</Kbd> opens the first match. <Kbd>Esc</Kbd>{' '}
        clears the search.
      </p>
    </Dialog>
  )
}
