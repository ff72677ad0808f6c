import type { ReactNode } from 'react'
import type { PlannedRequest } from '../../actions/requests.ts'
import { redacted } from '../../api/redact.ts'
import { persisted } from '../../lib/persisted.ts'
import { z } from '../../lib/schema.ts'
import { createStore } from '../../lib/store.ts'
import { CodeBlock } from '../../ui/code.tsx'
import { CopyPlanned, type PlannedOperation } from './copy-as.tsx'

/** A request to be sent. `only` says under which condition it is sent. */
type PreviewedRequest = PlannedRequest & { only?: string }

/** True once the user has opened a preview, until they close one. */
const previewOpen = persisted(createStore(false), {
  key: 'bigv.preview',
  where: 'browser',
  schema: z.boolean(),
})

interface Props {
  requests: readonly PreviewedRequest[]
  /** What the requests do, for the official client's command. */
  operation?: PlannedOperation | undefined
}

/** What will be sent. Closed at first; once opened, it is open everywhere. */
export function RequestPreview({ requests, operation }: Props) {
  const code = requests
    .map(({ method, path, body, only }) =>
      [only && `# ${only}`, `${method} ${path}`, body && JSON.stringify(redacted(body))]
        .filter(Boolean)
        .join('\n'),
    )
    .join('\n\n')
  return (
    <Preview count={requests.length} copy={<CopyPlanned requests={requests} operation={operation} />}>
      <CodeBlock code={code} copyLabel={null} className="max-h-48 overflow-y-auto border-t border-line" />
    </Preview>
  )
}

/** The frame of a preview, for requests that are shown in another way. `count`: how many requests. `copy`: rendered while it is open. */
export function Preview({ count, copy, children }: { count: number; copy?: ReactNode; children: ReactNode }) {
  const open = previewOpen.use()
  return (
    <details
      open={open}
      onToggle={({ currentTarget }) => previewOpen.set(currentTarget.open)}
      className="overflow-hidden rounded-lg border border-line"
    >
      <summary className="cursor-pointer px-3.5 py-2 text-xs font-semibold text-muted">
        <span>What will be sent</span>
        <span className="font-normal"> · {count === 1 ? '1 request' : `${count} requests`}</span>
      </summary>
      {children}
      {open && copy && <div className="border-t border-line px-3.5 py-1">{copy}</div>}
    </details>
  )
}
