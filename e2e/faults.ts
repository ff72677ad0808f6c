import type { Locator } from '@playwright/test'
import type { ControlClient, NewAccount } from '../simulator/control/client.ts'
import type { Fault } from '../simulator/control/client.ts'
import { expect, type Page } from './fixtures.ts'
import { writes } from './steps.ts'

// Everything that BigV, what stands before it, or the way to it can do to a request, for tests that meet each of them.

const status = (code: number, body: unknown = '', headers = {}): Fault => ({
  kind: 'status',
  status: code,
  body,
  headers,
})

/** Where everything goes wrong: a machine that runs and one that is off, at a BigV whose time stands still. */
export const WORLD = {
  frozen: true,
  wanted: {
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true, cores: 1, memory: 2048 },
      { name: 'off1' },
    ],
  },
}

/** All of them by name. What only replaces the answer is given without doing the request, but for `apply`. */
export const FAULTS = {
  'time-out': { kind: 'hang' },
  'cut before the answer': { kind: 'cut-before' },
  'cut in the middle': { kind: 'cut-after-headers' },
  '400 with fields': status(400, { name: ['is odd'] }),
  '400 plain': status(400, 'It must be off.'),
  '401 credentials': status(401),
  '403 forbidden': status(403),
  '404 not there': status(404),
  '409 conflict': status(409),
  '413 too large': status(413),
  '422 nonsense': status(422),
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

/** The name of a fault. */
export type FaultName = keyof typeof FAULTS

/** What becomes of a kind of request, fault by fault, in the order in which they are met: a table that lacks one is no such table. */
export type Courses = Record<FaultName, (name: FaultName) => Promise<void>>

/** Meets every fault once, each as its table says. */
export async function meetAll(courses: Courses): Promise<void> {
  for (const [name, meet] of Object.entries(courses)) await meet(name as FaultName)
}

/** What is said of each, to a reading; to a write, too, where it is no answer to one. */
export const WORDS: Record<FaultName, string> = {
  'time-out': 'BigV did not answer in time',
  'cut before the answer': 'The connection to BigV broke',
  'cut in the middle': "BigV's answer broke off",
  '400 with fields': 'It said: name is odd.',
  '400 plain': 'It said: It must be off.',
  '401 credentials': 'BigV does not take these credentials',
  '403 forbidden': 'You may not do this',
  '404 not there': 'nothing there, or it is not yours to see',
  '409 conflict': 'BigV refused (409)',
  '413 too large': 'BigV refused (413)',
  '422 nonsense': 'BigV refused (422)',
  '429 with Retry-After': 'BigV asks to slow down',
  '500 failure': 'BigV failed (500)',
  '502 gateway': 'BigV failed (502)',
  '503 HTML': 'BigV is out of service',
  '204 without a body': 'the whole is missing or of another form',
  '200 with HTML': 'was a web page',
  'JSON of another shape': 'missing or of another form',
  'truncated JSON': 'should have been JSON',
  '10 MB': 'was something else',
  redirect: 'a redirect to elsewhere, which is not followed',
}

/** The line of a request that met it: "GET /accounts → 404 after 0.0 s, 14:03:22". */
export function lineOf(request: string, name: FaultName): RegExp {
  const fault: Fault = FAULTS[name]
  // The proxy says 502 of a BigV that hangs up; a browser does not tell the status of a redirect.
  const status = { hang: 'no answer', 'cut-before': 502 }[fault.kind as string] ?? fault.status ?? 200
  const said = name === 'redirect' ? '.+' : status
  return new RegExp(`${request} → ${said} after \\d+\\.\\d s, \\d\\d:\\d\\d:\\d\\d`)
}

/** Waits until BigV has received so many writes in all: those that go wrong are many, so that it is asked often. */
export async function untilSent(bigv: ControlClient, count: number): Promise<void> {
  await expect.poll(() => writes(bigv), { intervals: [20, 40, 80] }).toHaveLength(count)
}

/** Has the page's clock end what lasts too long: the limit of a request is one of the browser's own, which that does not move. */
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

/** Longer than a reading, and than a write, is waited for. */
export const LIMITS = { read: 20_000, write: 600_000 }

/** What is asked over the page when BigV no longer takes the credentials. */
export function question(page: Page): Locator {
  return page.getByRole('alertdialog', { name: 'Sign in again' })
}

/** Answers that. */
export async function signInAgain(page: Page, { password }: NewAccount): Promise<void> {
  await question(page).getByLabel('Password', { exact: true }).fill(password)
  await question(page).getByRole('button', { name: 'Sign in' }).click()
  await expect(question(page)).toBeHidden()
}
