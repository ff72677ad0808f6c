import type { PlannedRequest } from '../../operations/operation.ts'

/** The requests that presses come to, exactly: all go to one path, so that is there once. */
export function PressesPreview({ requests }: { requests: readonly PlannedRequest[] }) {
  const [first] = requests
  if (first === undefined) return null
  const count = requests.length === 1 ? '1 request' : `${requests.length} requests, in this order`
  return (
    <details open={requests.length <= 12} className="overflow-hidden rounded-lg border border-line">
      <summary className="cursor-pointer px-3.5 py-2 text-xs font-semibold text-muted">
        What will be sent: {count}
      </summary>
      <section
        aria-label="Requests to be sent"
        className="max-h-48 overflow-y-auto border-t border-line bg-raised px-3.5 py-2 font-mono text-xs wrap-anywhere"
      >
        {first.method} {first.path}
        <pre className="whitespace-pre-wrap">
          {requests.map(({ body }) => JSON.stringify(body)).join('\n')}
        </pre>
      </section>
    </details>
  )
}
