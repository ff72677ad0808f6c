import { redacted } from '../../api/redact.ts'
import type { PlannedRequest } from '../../operations/operation.ts'
import { CodeBlock } from '../../ui/code-block.tsx'

/** The requests that will be sent, exactly, but for secrets. */
export function RequestPreview({ requests }: { requests: readonly PlannedRequest[] }) {
  const code = requests
    .map(({ method, path, body }) =>
      [`${method} ${path}`, body && JSON.stringify(redacted(body))].filter(Boolean).join('\n'),
    )
    .join('\n\n')
  return (
    <details open className="overflow-hidden rounded-lg border border-line">
      <summary className="cursor-pointer px-3.5 py-2 text-xs font-semibold text-muted">
        What will be sent
      </summary>
      <CodeBlock code={code} copyLabel={null} className="border-t border-line" />
    </details>
  )
}
