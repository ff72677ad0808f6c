import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { definitionQueries, type Definitions } from '../../api/definitions.ts'
import { messageOf } from '../../api/errors.ts'
import { machineQueries, type Disc, type VirtualMachine } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { discLabelProblem, nextDiscLabel } from '../../lib/machine-specs.ts'
import { formatClock } from '../../lib/times.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { loadDraft, type Draft } from './form/draft.ts'
import { newValues, type CreateValues } from './form/form-values.ts'
import type { Ignored } from './import-export/attributes.ts'
import { importBundle, type Imported } from './import-export/import-bundle.ts'
import { hasValues, importLink } from './import-export/link.ts'

/** The origin of the form's values, for StartNotice. */
export interface Source {
  /** Empty for no notice. */
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
  // A failure doesn't matter: a name in use is refused before anything is sent.
  const others = useQuery({ ...machineQueries.list(group, true), enabled: from !== undefined, retry: false })
  const [start, setStart] = useState<Start | null>(() =>
    hasValues(initial) || from !== undefined ? null : startFromDraft(draft),
  )
  const isLoading = from !== undefined && (original.isPending || others.isPending)
  if (start !== null || definitions.isPending || isLoading) return start
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
            copyMachine(
              original.data.vm,
              definitions.data,
              (others.data ?? []).map(({ name }) => name),
            ),
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
  return `This is your draft from ${formatClock(at)}. Passwords${script} weren’t saved.`
}

/**
 * Values for a copy of a machine: its next free name, powered on, with the distribution installed last. Addresses are not copied, and the
 * API does not return keys, script and password.
 * @param names the names in use in the group, those of deleted machines included
 */
export function copyMachine(
  vm: VirtualMachine,
  definitions: Definitions | undefined,
  names: readonly string[],
): Imported {
  const { cores, memory, hardware_profile, hardware_profile_locked, keymap, cdrom_url, zone_name } = vm
  const installed = offered(definitions?.distributions, vm.last_imaged_with)
  return importBundle(
    {
      virtual_machine: {
        name: nextFreeName(vm.name, names),
        cores,
        memory,
        hardware_profile,
        hardware_profile_locked: hardware_profile_locked ?? false,
        keymap,
        cdrom_url,
        // Machines created without a zone have "default", which is not in the definitions.
        zone_name: offered(definitions?.zone_names, zone_name),
        power_on: true,
        // Force stop turns automatic restart off, so a machine that is off may have had it on before.
        autoreboot_on: vm.power_on ? vm.autoreboot_on : true,
      },
      discs: copyDiscs(vm.discs ?? []),
      ...(installed && { reimage: { distribution: installed } }),
    },
    definitions,
    true,
  )
}

/** Labels that BigV refuses, such as the vda of an older client, become those of BigV's command-line client. */
function copyDiscs(discs: readonly Disc[]): Pick<Disc, 'label' | 'size' | 'storage_grade'>[] {
  const labels = discs.map(({ label }) => label).filter((label) => discLabelProblem(label) === null)
  return discs.map(({ label, size, storage_grade }, index) => {
    if (discLabelProblem(label) === null) return { label, size, storage_grade }
    const own = `disc-${index + 1}`
    const free = labels.includes(own) ? nextDiscLabel(labels) : own
    labels.push(free)
    return { label: free, size, storage_grade }
  })
}

/** The first of the next names that no machine has. BigV ignores case. */
function nextFreeName(name: string, names: readonly string[]): string {
  const taken = new Set(names.map((each) => each.toLowerCase()))
  let next = nextName(name)
  while (taken.has(next.toLowerCase())) next = nextName(next)
  return next
}

/** web1 → web2, web09 → web10, db → db-2. */
export function nextName(name: string): string {
  const digits = /\d+$/.exec(name)?.[0]
  if (digits === undefined) return `${name}-2`
  const next = String(BigInt(digits) + 1n).padStart(digits.length, '0')
  return name.slice(0, -digits.length) + next
}

/** The name if BigV offers it or if the definitions couldn't be loaded, otherwise null. */
function offered(names: readonly string[] | undefined, name: string | null | undefined) {
  return names === undefined || (name && names.includes(name)) ? name : null
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
            <Button onClick={onUseDraft}>Use your draft from {formatClock(draft.at)} instead</Button>
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
