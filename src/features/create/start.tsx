import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { definitionQueries } from '../../api/definitions.ts'
import { messageOf } from '../../api/errors.ts'
import { machineQueries } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { formatClock } from '../../lib/times.ts'
import { keptDraft, type Draft } from './draft.ts'
import type { NotTaken } from './exchange/attributes.ts'
import type { Taken } from './exchange/take-bundle.ts'
import { fillsIn, takeLink } from './exchange/take-link.ts'
import { takeMachine } from './exchange/take-machine.ts'
import { newValues, type CreateValues } from './form-values.ts'

/** What the form opens with, and what there is to say of where it came from. */
export interface Start {
  values: CreateValues
  /** Nothing where the form is empty. */
  said: string
  notTaken: readonly NotTaken[]
  /** What was typed before and is not what the form opens with. */
  draft: Draft | null
}

/**
 * What the wizard opens with: what its link says, the machine of which it is to make another, what was typed before in this
 * tab, or nothing. Null while that is being read. It is found out once; what is typed then is not touched.
 */
export function useStart(group: GroupRef): Start | null {
  const [params] = useSearchParams()
  const [asked] = useState(() => new URLSearchParams(params))
  const [draft] = useState(() => keptDraft(group))
  const from = /^\d+$/.exec(asked.get('from') ?? '')?.[0]
  const fills = fillsIn(asked)
  const definitions = useQuery(definitionQueries.all())
  const source = useQuery({
    ...machineQueries.detail(group, Number(from)),
    enabled: from !== undefined,
  })
  const [start, setStart] = useState<Start | null>(() => (fills || from ? null : fromDraft(draft)))
  if (start !== null || definitions.isPending || (from !== undefined && source.isPending)) return start
  const found =
    from === undefined
      ? filled(
          'It is filled in from a link. Look through it before you send it.',
          takeLink(asked, definitions.data),
        )
      : source.data === undefined
        ? { ...EMPTY(), said: `The machine to copy could not be read. ${messageOf(source.error)}` }
        : filled(
            `It is a copy of ${source.data.vm.name}. Passwords, keys and scripts are not known, and addresses are each machine’s own.`,
            takeMachine(source.data.vm, definitions.data),
          )
  const next = { ...found, draft }
  setStart(next)
  return next
}

const EMPTY = (): Start => ({ values: newValues(), said: '', notTaken: [], draft: null })

function filled(said: string, { values, notTaken }: Taken): Start {
  return { values: { ...newValues(), ...values }, said, notTaken, draft: null }
}

function fromDraft(draft: Draft | null): Start {
  return draft === null ? EMPTY() : { ...EMPTY(), values: draft.values, said: draftSaid(draft) }
}

/** Takes a draft and says what of it was kept, and what was not. */
export function draftSaid({ at, values }: Draft): string {
  const script = values.keep_script || values.firstboot_script !== '' ? '' : ' and first-boot scripts'
  return `This is what you typed before, at ${formatClock(at)}. Passwords${script} were not kept.`
}
