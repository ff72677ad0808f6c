import { keyLines } from './authorized-keys.ts'
import { hasPrivateKey, sshKeysProblem } from './ssh-keys.ts'

/** One of the SSH public keys that were typed: its comment, its type, and in a few words why it cannot be one, if so. */
export interface TypedKey {
  line: string
  /** The comment; without one the type, or how the line begins. */
  name: string
  type: string
  problem: 'no whole public key' | 'here twice' | 'nobody else should have it' | null
}

const BEGINNING = 24

/** Takes what was typed as SSH public keys, one a line, and returns each with what is wrong with it. A private key is one entry. */
export function typedKeys(text: string): TypedKey[] {
  if (hasPrivateKey(text)) {
    return [{ line: '', name: 'A private key', type: '', problem: 'nobody else should have it' }]
  }
  const seen = new Set<string>()
  return keyLines(text).map(({ line, type, blob, comment }) => {
    const twice = blob !== '' && seen.has(blob)
    seen.add(blob)
    const whole = sshKeysProblem(line) === null
    return {
      line,
      name: comment || type || beginning(line),
      type,
      problem: whole ? (twice ? 'here twice' : null) : 'no whole public key',
    }
  })
}

/** Takes what was typed as SSH public keys and returns a sentence about the first with which something is wrong, or null. */
export function typedKeysProblem(text: string): string | null {
  const wrong = typedKeys(text).findIndex(({ problem }) => problem !== null)
  return wrong === -1 ? null : (sshKeysProblem(text) ?? `Key ${wrong + 1} stands here twice.`)
}

function beginning(line: string): string {
  return line.length > BEGINNING ? `${line.slice(0, BEGINNING)}…` : line
}
