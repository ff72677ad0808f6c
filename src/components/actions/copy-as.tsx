import { useState } from 'react'
import type { ActionName } from '../../actions/index.ts'
import type { PlannedRequest, Target } from '../../actions/requests.ts'
import { useBrainSettings } from '../../api/brain.ts'
import {
  clientLine,
  curlCommands,
  httpText,
  plannedText,
  type Sender,
} from '../../operations/activity/record.ts'
import { isToken } from '../../session/credentials.ts'
import { useSession } from '../../session/session.ts'
import { CopyButton } from '../../ui/code.tsx'

/** A text to copy. */
export interface CopyForm {
  /** The words on the button: "curl". */
  words: string
  /** The button's name: "Copy as curl". */
  label: string
  text: string
  /** What the user has to replace or enter before the text works. */
  hint?: string | undefined
}

/** A row of buttons, one for each form. */
export function CopyAs({ forms }: { forms: readonly CopyForm[] }) {
  const [hint, setHint] = useState<string | undefined>()
  return (
    <div className="text-xs">
      <div role="group" aria-label="Copy as" className="flex flex-wrap items-center">
        <span className="mr-1 text-muted">Copy as</span>
        {forms.map(({ words, label, text, hint }) => (
          <CopyButton key={words} words={words} label={label} value={text} onCopied={() => setHint(hint)} />
        ))}
      </div>
      <p role="status" className="text-muted">
        {hint}
      </p>
    </div>
  )
}

/** What planned requests do, for the official client's command. */
export interface PlannedOperation {
  action: ActionName
  target: Target
}

interface PlannedProps {
  requests: readonly PlannedRequest[]
  operation?: PlannedOperation | undefined
}

/** Copies requests that haven't been sent. */
export function CopyPlanned({ requests, operation }: PlannedProps) {
  const sender = useCurlSender()
  const steps = requests.map(withBody)
  const client = operation && clientLine({ ...operation, steps })
  return (
    <CopyAs
      forms={[
        { words: 'HTTP', label: 'Copy as HTTP', text: httpText(steps) },
        { words: 'curl', label: 'Copy as curl', text: curlCommands(steps, sender), hint: curlHint(sender) },
        ...(client ? [{ words: 'client', label: 'Copy for the command-line client', text: client }] : []),
        { words: 'JSON', label: 'Copy as JSON', text: plannedText(steps) },
      ]}
    />
  )
}

const withBody = ({ method, path, body }: PlannedRequest) => ({ method, path, body, trace: null })

/** Who runs the copied curl command, and where. `username`: the operation's user; the default is the signed-in user. */
export function useCurlSender(username?: string): Sender {
  const settings = useBrainSettings()
  const { credentials } = useSession()
  const token = credentials !== null && isToken(credentials)
  return {
    url: settings?.url,
    username: username ?? credentials?.username ?? '',
    otp: credentials !== null && !isToken(credentials) && credentials.otp !== '',
    token,
  }
}

/** Says what the user has to replace or enter before the curl command works. */
export function curlHint({ url, otp, token }: Sender): string {
  const replaced = [
    url === undefined && 'BIGV_HOST with BigV’s host name',
    token && 'YOUR_TOKEN with a session token',
    otp && 'YOUR_OTP with a new one-time password',
  ].filter((each) => each !== false && each !== undefined)
  const asks = token ? '' : 'Asks for your password. '
  return `${asks}Replace ${[...replaced, 'any •••••• with the secret that it stands for'].join(', and ')}.`
}
