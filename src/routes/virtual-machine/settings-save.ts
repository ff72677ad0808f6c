import { useEffect, useRef, useState } from 'react'
import { traceLine, type FieldErrors } from '../../api/errors.ts'
import type { MachineReading } from '../../api/virtual-machines.ts'
import { unreadText } from '../../components/power/ask.ts'
import type { GroupRef } from '../../lib/links.ts'
import { beginOperation, type Stated } from '../../operations/begin.ts'
import { operationEnd } from '../../operations/failures.ts'
import type { Operation } from '../../operations/operation.ts'
import type { MachineAction, Params } from '../../operations/requests.ts'
import { words } from '../../operations/wording.ts'

/** Why nothing came of a form: a title, what BigV or the reading says, and what it says of each field. */
export interface SaveFailure {
  title: string
  text: string
  details: string | undefined
  fields: FieldErrors
}

interface Asked {
  action: MachineAction
  group: GroupRef
  reading: MachineReading
  params: Params
  /** The other machine that it is about. */
  also?: GroupRef & { id: number; name: string }
  /** The attributes that the form showed as they were, besides those that every question states. */
  attributes?: Readonly<Record<string, unknown>>
  /** The disc that it showed as it was. */
  disc?: Stated['disc']
}

const NOTHING_SENT = 'Nothing was sent'

/**
 * Sends what a form asks for, as an operation, and waits with it for its end: the operation if it is done, else null. What is typed stays until the end is good; the
 * form that is closed before hears nothing more, and a toast tells the end.
 */
export function useSave() {
  const [saving, setSaving] = useState(false)
  const [failure, setFailure] = useState<SaveFailure | null>(null)
  const leaving = useRef<AbortController>(undefined)
  useEffect(() => () => leaving.current?.abort(), [])

  const fail = (title: string, text: string, more: Partial<SaveFailure> = {}) => {
    setFailure({ title, text, details: undefined, fields: {}, ...more })
    return null
  }

  const attempt = async ({
    action,
    group,
    reading,
    params,
    also,
    attributes,
    disc,
  }: Asked): Promise<Operation | null> => {
    const { id, name, power_on, autoreboot_on } = reading.vm
    const stated: Stated = { name, power_on, autoreboot_on, ...(attributes && { attributes }), disc }
    const left = new AbortController()
    leaving.current = left
    const begun = await beginOperation({
      action,
      ref: group,
      id,
      name,
      params,
      stated,
      ...(also && { also }),
    })
    if (begun.is === 'refused') return fail(NOTHING_SENT, begun.reason)
    if (begun.is === 'unread') return fail(NOTHING_SENT, unreadText(begun.error))
    if (begun.is === 'changed') {
      return fail(
        'It has changed since this was filled in',
        'Nothing was sent. What you typed is still here, beside the machine as it is now.',
      )
    }
    const ended = await operationEnd(begun.key, left.signal)
    if (ended === null) return null
    const { outcome, note, steps } = ended.operation
    if (outcome === 'done') return ended.operation
    const { trace } = steps.at(-1) ?? {}
    const said = outcome === 'unclear' ? 'not known' : (outcome ?? '')
    return fail(`${words[action].label} ${name}: ${said}`, note, {
      details: trace ? traceLine(trace) : undefined,
      fields: ended.error?.fields ?? {},
    })
  }

  const save = async (asked: Asked): Promise<Operation | null> => {
    setSaving(true)
    setFailure(null)
    try {
      return await attempt(asked)
    } finally {
      setSaving(false)
    }
  }

  return { save, saving, failure, forget: () => setFailure(null) }
}
