import type { Fault } from '../simulator/control/client.ts'
import { test, type Page } from './fixtures.ts'

// Everything that BigV, a proxy in front of it or the network can do to a request. Tests go through all of it.

const status = (code: number, body: unknown = '', headers = {}): Fault => ({
  kind: 'status',
  status: code,
  body,
  headers,
})

/** For `test.use`: a running and a stopped machine, on a BigV whose time stands still. */
export const SETUP = {
  frozen: true,
  wanted: {
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true, cores: 1, memory: 2048 },
      { name: 'off1' },
    ],
  },
}

/** The faults by name. BigV doesn't carry out a request whose answer is replaced, unless the fault has `apply`. */
export const FAULTS = {
  'time-out': { kind: 'hang' },
  'cut before the answer': { kind: 'cut-before' },
  'cut in the middle': { kind: 'cut-after-headers' },
  '400 with fields': status(400, { name: ['is odd'] }),
  '400 plain': status(400, 'It must be off.'),
  '401 credentials': status(401),
  '403 forbidden': status(403),
  '404 not found': status(404),
  '409 conflict': status(409),
  '413 too large': status(413),
  '422 unprocessable': status(422),
  '429 with Retry-After': status(429, '', { 'Retry-After': '45' }),
  '500 failure': status(500),
  '502 gateway': status(502, 'Bad gateway'),
  '503 HTML': { kind: 'html', status: 503 },
  '204 without a body': { kind: 'empty', status: 204 },
  '200 with HTML': { kind: 'html' },
  'JSON of another shape': status(200, [1, 'two']),
  'truncated JSON': { kind: 'truncated' },
  '10 MB': { ...status(200, '[{"x":1}]'.padEnd(1_000)), repeat: 10_000 },
  redirect: status(307, '', { Location: 'http://127.0.0.1:9/' }),
} as const satisfies Record<string, Fault>

export type FaultName = keyof typeof FAULTS

/** A test for each fault, run in this order. A table that lacks a fault doesn't compile. */
export type FaultCases = Record<FaultName, (name: FaultName) => Promise<void>>

/** Runs the test of every fault as a step of its own. */
export async function forEachFault(cases: FaultCases): Promise<void> {
  for (const [name, run] of Object.entries(cases)) await test.step(name, () => run(name as FaultName))
}

/** The message for each fault of a GET. A write shows the same, unless it takes the fault for success. */
export const MESSAGES: Record<FaultName, string> = {
  'time-out': 'No answer from BigV in time',
  'cut before the answer': 'The connection to BigV was lost',
  'cut in the middle': 'BigV’s answer was cut off',
  '400 with fields': ': name is odd.',
  '400 plain': ': It must be off.',
  '401 credentials': 'BigV rejected your sign-in (401)',
  '403 forbidden': 'Not allowed (403)',
  '404 not found': 'Not found, or you don’t have access',
  '409 conflict': 'BigV refused this (409)',
  '413 too large': 'BigV refused this (413)',
  '422 unprocessable': 'BigV refused this (422)',
  '429 with Retry-After': 'Too many requests',
  '500 failure': 'BigV failed (500)',
  '502 gateway': 'BigV failed (502)',
  '503 HTML': 'BigV is unavailable (503)',
  '204 without a body': 'the whole answer is missing or has the wrong type',
  '200 with HTML': 'a web page instead of JSON',
  'JSON of another shape': 'missing or has the wrong type',
  'truncated JSON': 'BigV’s answer isn’t valid JSON',
  '10 MB': 'BigV’s answer isn’t valid JSON',
  redirect: 'redirected the request to another address',
}

/** The line in Details for a request with this fault: "GET /accounts → 404 after 0.0 s, 14:03:22". */
export function requestLine(request: string, name: FaultName): RegExp {
  const fault: Fault = FAULTS[name]
  // The proxy answers 502 if BigV hangs up. A browser hides the status of a redirect.
  const status = { hang: 'no answer', 'cut-before': 502 }[fault.kind as string] ?? fault.status ?? 200
  const shown = name === 'redirect' ? '.+' : status
  return new RegExp(`${request} → ${shown} after \\d+\\.\\d s, \\d\\d:\\d\\d:\\d\\d`)
}

/** Installs Playwright's clock, and makes `AbortSignal.timeout`, which that clock doesn't control, follow it. */
export async function installClock(page: Page): Promise<void> {
  await page.clock.install()
  await page.addInitScript(() => {
    AbortSignal.timeout = (ms) => {
      const limit = new AbortController()
      setTimeout(() => limit.abort(new DOMException('Time is up.', 'TimeoutError')), ms)
      return limit.signal
    }
  })
}

/** The ms after which a GET or a write has certainly timed out. */
export const LIMITS = { read: 20_000, write: 600_000 }
