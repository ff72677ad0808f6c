import { sshKeysIn, sshKeysProblem } from './ssh-keys.ts'

/** A line of authorized_keys; `blob` is the key itself in base64, empty where the line is no key that we know. */
export interface KeyLine {
  line: string
  type: string
  blob: string
  comment: string
}

/** Takes a user's authorized_keys (one string, keys separated by newlines, or null) and returns its lines that hold something. */
export function keyLines(text: string | null | undefined): KeyLine[] {
  return sshKeysIn(text ?? '').map(keyLine)
}

function keyLine(line: string): KeyLine {
  // Options may stand before the type, and may have spaces in quotes (sshd's manual, "authorized_keys file format").
  const match = /(?:^|\s)((?:sk-)?(?:ssh|ecdsa)-[\w@.-]+)\s+(AAAA[\w+/]+=*)(?:\s+(.*))?$/.exec(line)
  if (match === null || line.startsWith('#')) return { line, type: '', blob: '', comment: '' }
  return { line, type: match[1] ?? '', blob: match[2] ?? '', comment: match[3] ?? '' }
}

/** Takes authorized_keys and what was typed, and returns it with the typed keys behind those that it has, untouched. */
export function withKeys(text: string | null | undefined, typed: string): string {
  const kept = text ?? ''
  return [kept.replace(/\n+$/, ''), ...sshKeysIn(typed)].filter((part) => part !== '').join('\n')
}

/** Takes authorized_keys and one of its lines, and returns it without that line; the others stay as they are. */
export function withoutKey(text: string | null | undefined, line: string): string {
  const lines = (text ?? '').split('\n')
  const at = lines.findIndex((each) => each.trim() === line)
  return at === -1 ? lines.join('\n') : lines.toSpliced(at, 1).join('\n')
}

/** Takes authorized_keys and what was typed to be added, and returns why it cannot be, or null. */
export function newKeysProblem(text: string | null | undefined, typed: string): string | null {
  const added = keyLines(typed)
  if (added.length === 0) return 'Paste a public key first.'
  const problem = sshKeysProblem(typed)
  if (problem !== null) return problem
  const blobs = [...keyLines(text), ...added].map(({ blob }) => blob)
  const twice = added.find(({ blob }) => blobs.filter((each) => each === blob).length > 1)
  if (twice === undefined) return null
  return added.length === 1
    ? 'This key is there already.'
    : `A key is there twice: ${twice.comment || twice.type}.`
}

/** Takes the lines before and after and returns in words what has changed between them. */
export function keyChanges(before: readonly KeyLine[], after: readonly KeyLine[]): string[] {
  const name = ({ comment, type, line }: KeyLine) => comment || type || line
  const has = (lines: readonly KeyLine[], { line }: KeyLine) => lines.some((each) => each.line === line)
  return [
    ...after.filter((key) => !has(before, key)).map((key) => `“${name(key)}” was added.`),
    ...before.filter((key) => !has(after, key)).map((key) => `“${name(key)}” was removed.`),
  ]
}

/**
 * Takes a key in base64 and returns its fingerprint as ssh-keygen -l prints it, "SHA256:…"; null where the browser has no
 * digests, which are missing outside https and localhost.
 */
export async function fingerprint(blob: string): Promise<string | null> {
  if (globalThis.crypto?.subtle === undefined) return null
  const bytes = Uint8Array.from(atob(blob), (character) => character.charCodeAt(0))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `SHA256:${btoa(String.fromCharCode(...digest)).replace(/=+$/, '')}`
}
