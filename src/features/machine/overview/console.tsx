import { useSession } from '../../../session/session.ts'
import { Card } from '../../../ui/card.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'

/** How to reach the machine when it does not answer: the serial console, through the head's ssh. */
export function Console({ address }: { address: string | null | undefined }) {
  const { credentials } = useSession()
  return (
    <Card title="Out-of-band console">
      {address ? (
        <>
          <CodeBlock
            code={`ssh ${credentials?.username ?? 'USER'}@${address}`}
            copyLabel="Copy the ssh command"
          />
          <p className="px-3.5 py-2.5 text-xs text-muted">
            Works when the machine does not answer or you are locked out.
          </p>
        </>
      ) : (
        <p className="px-3.5 py-2.5 text-muted">BigV gives no management address for it.</p>
      )}
    </Card>
  )
}
