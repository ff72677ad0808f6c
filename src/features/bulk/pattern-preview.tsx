import { redacted } from '../../api/redact.ts'
import type { Forecast } from '../../operations/batch/forecast.ts'
import { CodeBlock } from '../../ui/code.tsx'

/** The shapes of the requests that will be sent, with ID for each machine's, and how many of each. */
export function PatternPreview({ patterns }: { patterns: Forecast['patterns'] }) {
  const code = patterns
    .map(({ method, path, body, count }) =>
      [`${method} ${path}   × ${count}`, body && JSON.stringify(redacted(body))].filter(Boolean).join('\n'),
    )
    .join('\n\n')
  return (
    <details open className="overflow-hidden rounded-lg border border-line">
      <summary className="cursor-pointer px-3.5 py-2 text-xs font-semibold text-muted">
        What will be sent, to each by its ID
      </summary>
      <CodeBlock code={code} copyLabel={null} className="max-h-48 overflow-y-auto border-t border-line" />
    </details>
  )
}
