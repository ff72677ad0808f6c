import type { ServerResponse } from 'node:http'
import type { ErrorKind } from '../errors.ts'
import { json } from './fake-bigv.ts'

/** What can go wrong with a request, and what its ApiError must say. */
export interface Fault {
  name: string
  answer: (response: ServerResponse, elsewhere: string) => unknown
  kind: ErrorKind
  status: number
  sent?: 'unknown' | 'yes'
  message: RegExp
  /** The answer is a good one to a call that looks at the status alone. */
  goodUnread?: true
  /** Nothing ends it but the clock. */
  never?: true
  /** So large that it is tried with one call after the other. */
  large?: true
}

// A hundred thousand rows of a hundred bytes.
const tenMegabytes = (row: string) => Buffer.from(`[${`${row.padEnd(99)},`.repeat(100_000)}${row}]`)
const shapeless = tenMegabytes('{"x":1}')
const complaints = Buffer.concat([Buffer.from('{"name":'), tenMegabytes('"is odd"'), Buffer.from('}')])
const page = '<!DOCTYPE html>\n<title>Service unavailable</title>'

const disabledReason = (status: number, message: RegExp, headers = {}): Fault => ({
  name: `${status}`,
  answer: (response) => response.writeHead(status, headers).end(),
  kind: status >= 500 ? 'failed' : 'refused',
  status,
  message,
})
const instead = (name: string, answer: Fault['answer'], goodUnread?: true, status = 200): Fault => ({
  name,
  answer,
  kind: 'rubbish',
  status,
  message: /answer (?:should have been JSON|is not as its API documents|is no session token)/,
  ...(goodUnread && { goodUnread }),
})

/** Everything that BigV, what stands before it, or the way to it can do to a request. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'a time-out',
    answer: () => {},
    kind: 'timeout',
    status: 0,
    sent: 'unknown',
    message: /did not answer in time/,
    never: true,
  },
  {
    name: 'a time-out in the middle of the answer',
    answer: (response) => response.writeHead(200, { 'Content-Length': '100' }).write('{'),
    kind: 'timeout',
    status: 200,
    sent: 'unknown',
    message: /did not answer in time/,
    never: true,
  },
  {
    name: 'a cut before the answer',
    answer: (response) => response.destroy(),
    kind: 'unreachable',
    status: 0,
    sent: 'unknown',
    message: /connection failed before an answer came/,
  },
  {
    name: 'a cut in the middle of the answer',
    answer: (response) =>
      response.writeHead(200, { 'Content-Length': '100' }).write('[', () => response.destroy()),
    kind: 'cut',
    status: 200,
    message: /answer broke off/,
  },
  {
    ...disabledReason(400, /refused \(400\)\. It said: name can't be blank\./),
    name: '400 with fields',
    answer: (response) => json(response, 400, { name: ["can't be blank"] }),
  },
  {
    ...disabledReason(400, /refused \(400\)\. It said: It must be off\./),
    name: '400 with a text',
    answer: (response) => response.writeHead(400, { 'Content-Type': 'text/plain' }).end('It must be off.'),
  },
  disabledReason(401, /does not take these credentials/),
  disabledReason(403, /You may not do this/),
  disabledReason(404, /nothing there, or it is not yours to see/),
  disabledReason(409, /refused \(409\)/),
  disabledReason(413, /refused \(413\)/),
  disabledReason(422, /refused \(422\)/),
  disabledReason(429, /asks to slow down/, { 'Retry-After': '30' }),
  disabledReason(500, /failed \(500\)/),
  disabledReason(502, /failed \(502\)/),
  {
    ...disabledReason(503, /out of service/),
    name: '503 with a web page',
    answer: (response) => response.writeHead(503, { 'Content-Type': 'text/html' }).end(page),
  },
  instead('204 without a body', (response) => response.writeHead(204).end(), true, 204),
  instead('200 with a web page', (response) =>
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(page),
  ),
  instead('JSON of another shape', (response) => json(response, 200, [1, 'two', null]), true),
  instead('JSON that is cut short', (response) => response.end('[{"id": 1, "na'), true),
  {
    ...instead('10 MB of another shape', (response) => response.end(shapeless), true),
    large: true,
  },
  {
    ...disabledReason(400, /^.{10,2000}$/),
    name: '10 MB of complaints',
    answer: (response) => response.writeHead(400).end(complaints),
    large: true,
  },
  {
    name: 'a redirect elsewhere',
    answer: (response, elsewhere) => response.writeHead(307, { Location: elsewhere }).end(),
    kind: 'redirect',
    status: 307,
    sent: 'unknown',
    message: /redirect to elsewhere, which is not followed/,
  },
]
