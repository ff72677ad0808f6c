import type { PlannedRequest } from './operation.ts'

/** Takes planned requests and the machine's autoreboot_on before them; returns what they change it to, or null. */
export function autorebootChange(
  requests: readonly PlannedRequest[],
  before: boolean,
): { before: boolean; after: boolean } | null {
  const after = requests.map(({ body }) => writtenAutoreboot(body)).find((value) => value !== undefined)
  return after === undefined || after === before ? null : { before, after }
}

/** Takes a request's body and returns the autoreboot_on that it writes, if it writes any. */
export function writtenAutoreboot(body: unknown): boolean | undefined {
  if (typeof body !== 'object' || body === null || !('autoreboot_on' in body)) return undefined
  return typeof body.autoreboot_on === 'boolean' ? body.autoreboot_on : undefined
}
