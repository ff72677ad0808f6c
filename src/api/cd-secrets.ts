// Up to the last @ before the path: a password may have one of its own, and whatever JSON escapes.
const IN_JSON = /("cdrom_url"\s*:\s*"[a-z][\w+.-]*:\\?\/\\?\/)(?:[^"/?#\\]|\\.)*@/gi

/**
 * Takes JSON of BigV and returns it with dots for the user:password of each machine's CD: what is read is kept for long, and nobody
 * needs them. As withoutCredentials has it, which the first view does not load.
 */
export function withoutCdSecrets(json: string): string {
  return json.includes('@') ? json.replace(IN_JSON, '$1••••••@') : json
}
