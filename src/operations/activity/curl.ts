import { redacted } from '../../api/redact.ts'
import { shellQuote } from '../../lib/text.ts'
import type { Step } from '../operation.ts'

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
 * Takes a request as it was recorded and who sent it, and returns it as a curl command. With HTTP Basic it asks for the password itself,
 * as none is in it; secrets in the body are dots, to be replaced by hand.
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
