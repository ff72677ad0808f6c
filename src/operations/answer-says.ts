import { redacted } from '../api/redact.ts'
import { z } from '../api/schema.ts'
import { ipSchema } from '../api/ips.ts'
import type { Action, PlannedRequest } from './operation.ts'

const grantedSchema = z.looseObject({ ips: z.array(z.string()) })

interface Sent {
  request: PlannedRequest
  answer: { data: unknown }
}

/**
 * Takes an action that its answer settles, and its last request with the answer, and returns how it ended: what came back
 * that the user has to know, or a value that is not the one that was written.
 */
export function answerSays(
  action: Action | undefined,
  sent: Sent | null,
): { outcome: 'done' | 'overtaken'; note: string } {
  if (sent !== null && action === 'request_ips') return { outcome: 'done', note: granted(sent.answer.data) }
  if (sent !== null && action === 'set_rdns') return rdnsSays(sent)
  return { outcome: 'done', note: '' }
}

/** BigV adds the new addresses to the request as `ips` (the official client needs them there). */
function granted(data: unknown): string {
  const answer = grantedSchema.safeParse(data)
  if (!answer.success) return 'BigV did not say which.'
  const { ips } = answer.data
  return ips.length === 0 ? 'BigV gave none.' : `New: ${ips.join(', ')}.`
}

/**
 * Takes the answer to a rescue start, where it was a machine, and returns what came back of it: an older BigV drops the
 * appliance silently (API reference, "Basics").
 */
export function applianceSays(vm: Readonly<Record<string, unknown>> | undefined): string {
  if (vm === undefined) return 'BigV did not say what it started.'
  const appliance = vm['appliance'] ?? null
  return appliance === null
    ? 'BigV’s answer names no appliance: it is an older one, which ignores it and has started the machine as usual.'
    : `BigV’s answer has the appliance ${JSON.stringify(redacted(appliance))}.`
}

function rdnsSays({ request: { body }, answer }: Sent): { outcome: 'done' | 'overtaken'; note: string } {
  const read = ipSchema.safeParse(answer.data)
  if (!read.success || typeof body !== 'object' || body === null || !('rdns' in body)) {
    return { outcome: 'done', note: '' }
  }
  const now = read.data.rdns ?? null
  if (sameName(now, typeof body.rdns === 'string' ? body.rdns : null)) return { outcome: 'done', note: '' }
  return {
    outcome: 'overtaken',
    note: `BigV took the request, but the reverse DNS reads ${now === null ? 'nothing' : now} now.`,
  }
}

function sameName(a: string | null, b: string | null): boolean {
  return plainName(a) === plainName(b)
}

// Host names have no case, and the dot at their end is the root, which may be left out.
function plainName(name: string | null): string {
  return (name ?? '').toLowerCase().replace(/\.$/, '')
}
