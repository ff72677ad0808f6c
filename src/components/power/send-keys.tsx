import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '../../api/errors.ts'
import { definitionQueries } from '../../api/definitions.ts'
import { beginOperation } from '../../operations/begin.ts'
import { gate } from '../../operations/gate.ts'
import { requestsOf } from '../../operations/requests.ts'
import { useInFlight, useLookOnly, useOperations } from '../../operations/use-operations.ts'
import { formatClock } from '../../lib/times.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import type { Asked } from './ask.ts'
import { KeyRow } from './key-row.tsx'
import { CHORDS, keyGroups } from './keys.ts'
import { RequestPreview } from './request-preview.tsx'

/** A key and its place: the same key may be pressed twice. */
interface Press {
  key: string
  place: number
}

/** Composes a chord from the key names of the definitions and sends it, as often as wanted. */
export function SendKeys({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const { ref, reading } = asked
  const { id, name } = reading.vm
  const [keys, setKeys] = useState<readonly Press[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  const [sent, setSent] = useState<string | null>(null)
  const [checking, setChecking] = useState(false)
  const definitions = useQuery(definitionQueries.all())
  const lookOnly = useLookOnly()
  const inFlight = useInFlight(id)
  const operation = useOperations().find(({ key }) => key === sent)
  const refusal =
    gate('send_keys', reading, inFlight, lookOnly, 0) ?? (keys.length === 0 ? 'Choose keys first.' : null)
  const data = keys.map(({ key }) => key).join('-')

  const send = async () => {
    setChecking(true)
    setProblem(null)
    const begun = await beginOperation({ action: 'send_keys', ref, id, name, params: { data } })
    setChecking(false)
    if (begun.is === 'begun') setSent(begun.key)
    else if (begun.is === 'refused') setProblem(begun.reason)
    else if (begun.is === 'unread') setProblem(begun.error.message)
  }
  const press = (key: string) => setKeys((before) => [...before, { key, place: before.length }])

  return (
    <Dialog
      open
      width="wide"
      onOpenChange={(open) => !open && onClose()}
      title={`Send keys to ${name}`}
      description="They are pressed together, in this order, as on a keyboard plugged into the machine."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="primary"
            refusal={refusal}
            pending={checking || operation?.phase === 'sending'}
            onClick={() => void send()}
          >
            Send
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <KeyRow
          label="Combinations"
          keys={CHORDS.map((chord) => ({
            label: chord.label,
            onPress: () => setKeys(chord.keys.map((key, place) => ({ key, place }))),
          }))}
        />
        <div className="sticky -top-4 z-10 -mx-4 grid gap-2 border-y border-line bg-surface px-4 py-2.5">
          <div className="flex min-h-8 flex-wrap items-center gap-1.5">
            <span className="text-xs font-semibold text-muted">Chosen</span>
            {keys.length === 0 && <span className="text-muted">none</span>}
            {keys.map(({ key, place }) => (
              <Kbd key={place}>{key}</Kbd>
            ))}
            {keys.length > 0 && (
              <Button size="small" variant="quiet" onClick={() => setKeys([])}>
                Clear
              </Button>
            )}
          </div>
          <RequestPreview requests={requestsOf('send_keys', ref, reading.vm, { data })} />
          {problem && <FormError title="Nothing was sent" text={problem} />}
          <p role="status">
            {operation?.outcome === 'done' &&
              `Sent at ${formatClock(operation.endedAt ?? operation.begunAt)}.`}
          </p>
          {operation && operation.outcome !== null && operation.outcome !== 'done' && (
            <FormError title="The keys may not have been sent" text={operation.note} />
          )}
        </div>
        {definitions.isPending && <p className="text-muted">The names of the keys are being read…</p>}
        {definitions.isError && (
          <FormError title="The names of the keys could not be read" text={messageOf(definitions.error)}>
            <Button onClick={() => void definitions.refetch()}>Try again</Button>
          </FormError>
        )}
        {keyGroups(definitions.data?.sendkeys ?? []).map(({ label, keys: names }) => (
          <KeyRow
            key={label}
            mono
            label={label}
            keys={names.map((key) => ({ label: key, onPress: () => press(key) }))}
          />
        ))}
      </div>
    </Dialog>
  )
}
