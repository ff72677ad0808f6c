import { commandLine } from '../../actions/cli.ts'
import { actions } from '../../actions/index.ts'
import { redacted } from '../../api/redact.ts'
import { shellQuote } from '../../lib/text.ts'
import type { Operation, Step } from '../operation.ts'

/** The command of the official client that does the same as an operation, or null. */
export function clientLine(
  operation: Pick<Operation, 'action' | 'target'> & Partial<Pick<Operation, 'also' | 'steps' | 'expects'>>,
): string | null {
  return commandLine(actions[operation.action].cli, operation)
}

interface Sender {
  /** The host name of BigV, or null where it is not known. */
  brain: string | null
  username: string
  /** Whether this user signs in with a Yubikey: its password is used once, so a placeholder stands for it. */
  otp: boolean
  /** Whether this user signs in with a session token: it is a secret, so a placeholder stands for it. */
  token?: boolean
}

/**
 * A recorded request as a curl command. With HTTP Basic, curl asks for the password, as none is in it; secrets in the body are dots,
 * to be replaced by hand.
 */
export function curlOf(
  { method, path, body }: Pick<Step, 'method' | 'path' | 'body'>,
  sender: Sender,
): string {
  const who = sender.token ? ['-H', 'Authorization: Bearer YOUR_TOKEN'] : ['-u', sender.username]
  const words = ['curl', '-X', method, ...who, '-H', 'Accept: application/json']
  if (sender.otp) words.push('-H', 'X-Yubikey-OTP: YOUR_OTP')
  if (method !== 'GET' && method !== 'DELETE') {
    words.push('-H', 'Content-Type: application/json', '--data-raw', JSON.stringify(redacted(body) ?? {}))
  }
  words.push(`https://${sender.brain ?? 'BIGV_HOST'}${path}`)
  return words.map(shellQuote).join(' ')
}
