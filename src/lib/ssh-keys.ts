const TYPES = new Set([
  'ssh-ed25519',
  'ssh-rsa',
  'ssh-dss',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
])

/** The SSH public keys in an input: one per line, trimmed, without empty lines. */
export function sshKeysIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** True if a private key was pasted by mistake. Such an input must not be stored or shared. */
export function hasPrivateKey(text: string): boolean {
  return text.includes('PRIVATE KEY')
}

/** The problem of the first invalid public key, or null. The input may be empty. */
export function sshKeysProblem(text: string): string | null {
  if (hasPrivateKey(text)) {
    return 'This is a private key. Keep it secret, and paste the public key from the .pub file.'
  }
  const keys = sshKeysIn(text)
  const wrong = keys.findIndex((key) => !isSshKey(key))
  if (wrong === -1) return null
  const which = keys.length === 1 ? 'This' : `Key ${wrong + 1}`
  return `${which} isn’t a complete public key on one line, such as “ssh-ed25519 AAAA… name”.`
}

/** Checks the keys of a machine without a root password, which needs a key: without one, no one could log in. */
export function noKeysProblem(text: string): string | null {
  return sshKeysIn(text).length === 0 ? 'Enter a root password or an SSH key.' : null
}

function isSshKey(line: string): boolean {
  const [type = '', blob = ''] = line.split(/\s+/)
  // A key's data repeats the type, after the type's length in four bytes (RFC 4253, 6.6).
  return TYPES.has(type) && decoded(blob).slice(4, 4 + type.length) === type
}

function decoded(base64: string): string {
  try {
    return atob(base64)
  } catch {
    return ''
  }
}

/** A line of authorized_keys. `blob` is the key in base64, or empty if the line isn't recognised as a key. */
export interface KeyLine {
  line: string
  type: string
  blob: string
  comment: string
}

/** The non-empty lines of a user's authorized_keys (null, or one string with keys separated by newlines). */
export function keyLines(text: string | null | undefined): KeyLine[] {
  return sshKeysIn(text ?? '').map(keyLine)
}

function keyLine(line: string): KeyLine {
  // Options may come before the type and contain quoted spaces (sshd's manual, "authorized_keys file format").
  const match = /(?:^|\s)((?:sk-)?(?:ssh|ecdsa)-[\w@.-]+)\s+(AAAA[\w+/]+=*)(?:\s+(.*))?$/.exec(line)
  if (match === null || line.startsWith('#')) return { line, type: '', blob: '', comment: '' }
  return { line, type: match[1] ?? '', blob: match[2] ?? '', comment: match[3] ?? '' }
}

/** authorized_keys with the new keys at the end. Existing lines stay unchanged. */
export function withKeys(text: string | null | undefined, typed: string): string {
  const existing = text ?? ''
  return [existing.replace(/\n+$/, ''), ...sshKeysIn(typed)].filter((part) => part !== '').join('\n')
}

/**
 * The keys of a user's authorized_keys that an input lacks, without options, which are for that file only. Null if the user has no complete
 * key.
 */
export function missingKeys(typed: string, authorizedKeys: string | null | undefined): string[] | null {
  const usable = keyLines(authorizedKeys)
    .map(({ type, blob, comment }) => ({ blob, line: [type, blob, comment].filter(Boolean).join(' ') }))
    .filter(({ line }) => line !== '' && sshKeysProblem(line) === null)
  if (usable.length === 0) return null
  const present = new Set(keyLines(typed).map(({ blob }) => blob))
  return usable
    .filter(({ blob }, at) => !present.has(blob) && usable.findIndex((each) => each.blob === blob) === at)
    .map(({ line }) => line)
}

export function withoutKey(text: string | null | undefined, line: string): string {
  const lines = (text ?? '').split('\n')
  const at = lines.findIndex((each) => each.trim() === line)
  return at === -1 ? lines.join('\n') : lines.toSpliced(at, 1).join('\n')
}

export function newKeysProblem(text: string | null | undefined, typed: string): string | null {
  const added = keyLines(typed)
  if (added.length === 0) return 'Paste a public key first.'
  const problem = sshKeysProblem(typed)
  if (problem !== null) return problem
  const blobs = [...keyLines(text), ...added].map(({ blob }) => blob)
  const twice = added.find(({ blob }) => blobs.filter((each) => each === blob).length > 1)
  if (twice === undefined) return null
  return added.length === 1
    ? 'This key is already listed.'
    : `A key appears twice: ${twice.comment || twice.type}.`
}

/** The differences between two lists of keys, in sentences. */
export function keyChanges(before: readonly KeyLine[], after: readonly KeyLine[]): string[] {
  const name = ({ comment, type, line }: KeyLine) => comment || type || line
  const has = (lines: readonly KeyLine[], { line }: KeyLine) => lines.some((each) => each.line === line)
  return [
    ...after.filter((key) => !has(before, key)).map((key) => `“${name(key)}” was added.`),
    ...before.filter((key) => !has(after, key)).map((key) => `“${name(key)}” was removed.`),
  ]
}

/** A key's fingerprint as ssh-keygen -l prints it, "SHA256:…". Null where browsers lack crypto.subtle: outside https and localhost. */
export async function fingerprint(blob: string): Promise<string | null> {
  if (globalThis.crypto?.subtle === undefined) return null
  const bytes = Uint8Array.from(atob(blob), (character) => character.charCodeAt(0))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `SHA256:${btoa(String.fromCharCode(...digest)).replace(/=+$/, '')}`
}

/** One of the SSH public keys in an input, with its problem in a few words. */
export interface TypedKey {
  line: string
  /** The key's comment, or else its type, or else the beginning of the line. */
  name: string
  type: string
  problem: 'not a complete public key' | 'appears twice' | 'keep it secret' | null
}

const BEGINNING = 24

/** The public keys in an input, with their problems. An input with a private key is a single entry. */
export function typedKeys(text: string): TypedKey[] {
  if (hasPrivateKey(text)) {
    return [{ line: '', name: 'A private key', type: '', problem: 'keep it secret' }]
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
      problem: whole ? (twice ? 'appears twice' : null) : 'not a complete public key',
    }
  })
}

/** A sentence about the first key with a problem; null if all are fine. */
export function typedKeysProblem(text: string): string | null {
  const wrong = typedKeys(text).findIndex(({ problem }) => problem !== null)
  return wrong === -1 ? null : (sshKeysProblem(text) ?? `Key ${wrong + 1} is the same as a key above it.`)
}

function beginning(line: string): string {
  return line.length > BEGINNING ? `${line.slice(0, BEGINNING)}…` : line
}
