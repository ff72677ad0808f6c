import { useState } from 'react'
import type { PlannedRequest } from '../../operations/operation.ts'
import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code.tsx'
import { requestText } from './request-text.ts'

interface Props {
  names: readonly string[]
  /** The request for one of the names. */
  requestFor: (name: string) => PlannedRequest
  className?: string
}

/** The one request that makes each machine, as it will be sent but for the secrets. */
export function RequestPanel({ names, requestFor, className = '' }: Props) {
  const [chosen, setChosen] = useState('')
  const shown = names.includes(chosen) ? chosen : (names[0] ?? '')
  return (
    <Card title="What will be sent" className={`@3xl:sticky @3xl:top-16 ${className}`}>
      {names.length > 1 && (
        <div className="flex flex-wrap items-center gap-2 border-b border-line px-3.5 py-2">
          <label htmlFor="request-of" className="text-muted">
            {names.length} requests, one after the other:
          </label>
          <select
            id="request-of"
            className="control w-auto! max-w-full"
            value={shown}
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            {names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      <CodeBlock code={requestText(requestFor(shown))} copyLabel="Copy what will be sent" />
    </Card>
  )
}
