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

/** Takes what was typed, one SSH public key a line, and returns the keys, without empty lines and outer spaces. */
export function sshKeysIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Whether what was typed as SSH public keys has a private key in it, pasted by mistake: then none of it may be kept or passed on. */
export function hasPrivateKey(text: string): boolean {
  return text.includes('PRIVATE KEY')
}

/** Takes what was typed as SSH public keys and returns what is wrong with the first that is none, or null; no keys are fine. */
export function sshKeysProblem(text: string): string | null {
  if (hasPrivateKey(text)) {
    return 'This is a private key, which nobody else should have. Paste the public one, of the .pub file.'
  }
  const keys = sshKeysIn(text)
  const wrong = keys.findIndex((key) => !isSshKey(key))
  if (wrong === -1) return null
  const which = keys.length === 1 ? 'This' : `Key ${wrong + 1}`
  return `${which} is not a whole public key, such as “ssh-ed25519 AAAA… name”, on one line.`
}

function isSshKey(line: string): boolean {
  const [type = '', blob = ''] = line.split(/\s+/)
  // The type stands in the key once more, after its length in four bytes (RFC 4253, 6.6).
  return TYPES.has(type) && decoded(blob).slice(4, 4 + type.length) === type
}

function decoded(base64: string): string {
  try {
    return atob(base64)
  } catch {
    return ''
  }
}
