import { useBrainSettings } from '../../api/brain.ts'
import { downloadText } from '../../lib/download.ts'
import { changesElsewhere } from '../../operations/activity/changes-elsewhere/store.ts'
import { activityText, clientLine, curlLines, recordText } from '../../operations/activity/record.ts'
import type { Operation } from '../../operations/operation.ts'
import { plans } from '../../operations/plan-store.ts'
import { operations } from '../../operations/store.ts'
import { isToken } from '../../session/credentials.ts'
import { useSession } from '../../session/session.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code.tsx'

/** An operation as curl commands, as a command of the official client, and as JSON. */
export function Copies({ operation }: { operation: Operation }) {
  const settings = useBrainSettings()
  const { credentials } = useSession()
  const sender = {
    url: settings?.url,
    username: operation.username,
    otp: credentials !== null && !isToken(credentials) && credentials.otp !== '',
    token: credentials !== null && isToken(credentials),
  }
  const curl = curlLines(operation, sender)
  const client = clientLine(operation)
  return (
    <div className="grid gap-3 px-3.5 pt-1 pb-3.5">
      {curl !== null && <Copy title="curl" hint={curlHint(sender)} label="Copy as curl" code={curl} />}
      {client !== null && (
        <Copy title="Official client" label="Copy for the command-line client" code={client} />
      )}
      <Copy title="JSON" label="Copy as JSON" code={recordText(operation).trimEnd()} />
    </div>
  )
}

/** Says what the user has to replace or enter before the curl command works. */
function curlHint({ url, otp, token }: Parameters<typeof curlLines>[1]): string {
  const replaced = [
    url === undefined && 'BIGV_HOST with BigV’s host name',
    token && 'YOUR_TOKEN with a session token',
    otp && 'YOUR_OTP with a new one-time password',
  ].filter((each) => each !== false && each !== undefined)
  const asks = token ? '' : 'Asks for your password. '
  return `${asks}Replace ${[...replaced, 'any •••••• with the secret that it stands for'].join(', and ')}.`
}

function Copy({ title, hint, label, code }: { title: string; hint?: string; label: string; code: string }) {
  return (
    <div>
      <p className="mb-1 text-xs font-semibold">
        {title}
        {hint && <span className="font-normal text-muted"> · {hint}</span>}
      </p>
      <CodeBlock code={code} copyLabel={label} className="rounded-lg border border-line" />
    </div>
  )
}

export function ExportActivity({ empty }: { empty: boolean }) {
  return (
    <Button
      disabledReason={empty ? 'Nothing to export yet.' : null}
      onClick={() =>
        downloadText(
          'bigv-activity.json',
          activityText(operations(), changesElsewhere(), plans()),
          'application/json',
        )
      }
    >
      Export JSON
    </Button>
  )
}
