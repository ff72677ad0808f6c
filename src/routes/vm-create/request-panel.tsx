import type { PlannedRequest } from '../../operations/operation.ts'
import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { requestText } from './request-text.ts'

/** The one request that makes the machine, as it will be sent but for the password. */
export function RequestPanel({ request, className = '' }: { request: PlannedRequest; className?: string }) {
  return (
    <Card title="What will be sent" className={`@3xl:sticky @3xl:top-16 ${className}`}>
      <CodeBlock code={requestText(request)} copyLabel="Copy what will be sent" />
    </Card>
  )
}
