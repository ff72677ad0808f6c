import { redacted } from '../../api/redact.ts'
import type { PlannedRequest } from '../../operations/operation.ts'
import { CodeBlock } from '../../ui/code.tsx'

/** A request to be sent. `only` says under which condition it is sent. */
type PreviewedRequest = PlannedRequest & { only?: string }

export function RequestPreview({ requests }: { requests: readonly PreviewedRequest[] }) {
  const code = requests
    .map(({ method, path, body, only }) =>
      [only && `# ${only}`, `${method} ${path}`, body && JSON.stringify(redacted(body))]
        .filter(Boolean)
        .join('\n'),
    )
    .join('\n\n')
  return (
    <details open className="overflow-hidden rounded-lg border border-line">
      <summary className="cursor-pointer px-3.5 py-2 text-xs font-semibold text-muted">
        Requests that will be sent
      </summary>
      <CodeBlock code={code} copyLabel={null} className="border-t border-line" />
    </details>
  )
}
