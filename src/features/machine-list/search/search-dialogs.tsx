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
  ['web 198.51', 'All these words, anywhere on the machine’s page'],
  ['"web 1"', 'Exactly this text, including spaces'],
  ['-web -is:stopped', 'A minus excludes these machines'],
  ['2001:db8:0::7', 'Addresses in any notation, MAC addresses too'],
  ['db8:', 'Part of an IPv6 or MAC address: include a colon'],
  ['head:head*', '* matches anything; -head:* finds machines without a head'],
  ['memory<2GiB', 'Compare numbers with =, <, <=, > and >=; MiB, GiB or TiB'],
  ['is:changing', 'While an action runs; also is:starting, is:shutting-down…'],
  ['is:waiting', 'A saved change waits for a restart; is:overdue: an action takes longer than usual'],
]

/** An example of each field. */
const FIELDS: readonly [string, string][] = [
  ['is:running', 'state'],
  ...TEXT_FIELD_NAMES.map((field): [string, string] => {
    const { about, example } = definitionOf(field)
    return [`${field}:${example}`, about]
  }),
  ['cores>=4', 'number of cores'],
  ['memory>=2GiB', 'memory'],
  ['disc>40GiB', 'size of any disc'],
]

export function SearchHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog width="wide" title="How to search" description="All terms must match." onClose={onClose}>
      {/* Focusable, so that the arrow keys scroll it in a small window. */}
      <div
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrollable regions must be focusable
        tabIndex={0}
        role="group"
        aria-label="Examples and fields"
        className="grid scroll-m-4 gap-5 rounded-sm"
      >
        <Examples of={EXAMPLES} className="sm:grid-cols-[auto_1fr]" />
        <div className="grid gap-2">
          <h3 className="font-semibold">Fields</h3>
          <Examples of={FIELDS} className="sm:grid-cols-[auto_1fr] md:grid-cols-[auto_1fr_auto_1fr]" />
        </div>
        <p className="text-xs text-muted">
          <Kbd>/</Kbd> focuses the search box. <Kbd>↓</Kbd> and <Kbd>Enter</Kbd> choose a suggestion; without
          suggestions, <Kbd>↓</Kbd> moves to the list and <Kbd>Enter</Kbd> opens the first match.{' '}
          <Kbd>Esc</Kbd> clears the search.
        </p>
      </div>
    </Dialog>
  )
}

function Examples({ of, className }: { of: readonly [string, string][]; className: string }) {
  return (
    <dl className={`grid items-baseline gap-x-4 gap-y-1.5 ${className}`}>
      {of.map(([example, meaning]) => (
        <div key={example} className="sm:contents">
          <dt>
            <code className="rounded-sm bg-raised px-1.5 py-0.5 text-xs whitespace-nowrap">{example}</code>
          </dt>
          <dd className="text-muted">{meaning}</dd>
        </div>
      ))}
    </dl>
  )
}
