import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { definitionQueries } from '../../api/definitions.ts'
import { messageOf } from '../../api/errors.ts'
import { machineQueries } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { formatWhen } from '../../lib/times.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { copyMachine } from './copy-machine.ts'
import { loadDraft, type Draft } from './form/draft.ts'
import { newValues, type CreateValues } from './form/form-values.ts'
import type { Ignored } from './import-export/attributes.ts'
import type { Imported } from './import-export/import-bundle.ts'
import { hasValues, importLink } from './import-export/link.ts'

/** Where the form's values came from. StartNotice shows it. */
export interface Source {
  /** The notice's text. If it is empty, no notice is shown. */
  note: string
  ignored: readonly Ignored[]
  /** A draft that the user can use instead of these values. */
  draft: Draft | null
}

export interface Start extends Source {
  values: CreateValues
}

export const NO_SOURCE: Source = { note: '', ignored: [], draft: null }

/**
 * The wizard's initial values: those in its URL, a copy of the machine `from` in the URL, the draft, or an empty form. Null while
 * they load; they never change afterwards.
 */
export function useStart(group: GroupRef): Start | null {
  const [params] = useSearchParams()
  const [initial] = useState(() => new URLSearchParams(params))
  const [draft] = useState(() => loadDraft(group))
  const from = /^\d+$/.exec(initial.get('from') ?? '')?.[0]
  const definitions = useQuery(definitionQueries.all())
  const original = useQuery({
    ...machineQueries.detail(group, Number(from)),
    enabled: from !== undefined,
  })
  // If the list fails to load, the copy's name may be taken; createMachine checks that again.
  const others = useQuery({
    ...machineQueries.list(group),
    enabled: from !== undefined,
    retry: false,
  })
  const [start, setStart] = useState<Start | null>(() =>
    hasValues(initial) || from !== undefined ? null : startFromDraft(draft),
  )
  const isCopying = from !== undefined && (original.isPending || others.isPending)
  if (start !== null || definitions.isPending || isCopying) return start
  const loaded =
    from === undefined
      ? startWith(
          'Filled in from a link. Check each step before you create the machine.',
          importLink(initial, definitions.data),
        )
      : original.data === undefined
        ? startWith(`Couldn’t load the machine to copy. ${messageOf(original.error)}`)
        : startWith(
            `Copied from ${original.data.vm.name}. Passwords, SSH keys, first-boot scripts and addresses aren’t copied.`,
            copyMachine(original.data.vm, others.data ?? [], definitions.data),
          )
  const next = { ...loaded, draft }
  setStart(next)
  return next
}

function startWith(note: string, { values, ignored }: Imported = { values: {}, ignored: [] }): Start {
  return { values: { ...newValues(), ...values }, note, ignored, draft: null }
}

function startFromDraft(draft: Draft | null): Start {
  return draft === null ? startWith('') : startWith(draftNote(draft), { values: draft.values, ignored: [] })
}

/** Says when the draft was saved, and which secrets it lacks. */
export function draftNote({ at, values }: Draft): string {
  const script = values.keep_script || values.firstboot_script !== '' ? '' : ' and first-boot scripts'
  return `This is your draft from ${formatWhen(at)}. Passwords${script} weren’t saved.`
}

interface StartNoticeProps {
  source: Source
  onStartOver: () => void
  onUseDraft: () => void
}

/** Says where the form's values came from, and what was ignored. */
export function StartNotice({ source: { note, ignored, draft }, onStartOver, onUseDraft }: StartNoticeProps) {
  if (note === '') return null
  return (
    <Notice
      role="status"
      tone={ignored.length > 0 ? 'warn' : 'info'}
      actions={
        <>
          {draft !== null && (
            <Button onClick={onUseDraft}>Use your draft from {formatWhen(draft.at)} instead</Button>
          )}
          <Button onClick={onStartOver}>Start over</Button>
        </>
      }
    >
      <p>{note}</p>
      {ignored.length > 0 && (
        <>
          <p className="mt-1 font-medium">Ignored or changed:</p>
          <ul className="list-disc pl-4">
            {ignored.map(({ field, reason }) => (
              <li key={field}>
                <span className="font-mono text-xs">{field}</span> {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  )
}
