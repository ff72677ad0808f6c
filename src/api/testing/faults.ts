import type { ServerResponse } from 'node:http'
import type { ErrorKind } from '../errors.ts'
import { json } from './fake-bigv.ts'

/** A fault of a request, and the ApiError that the call must throw. */
export interface Fault {
  name: string
  answer: (response: ServerResponse, elsewhere: string) => unknown
  kind: ErrorKind
  status: number
  sent?: 'unknown' | 'yes'
  message: RegExp
  /** A call that ignores the body succeeds with this answer. */
  fineIfBodyIgnored?: true
  /** Only a time-out ends the request. */
  neverEnds?: true
  /** The answer is too large to send to all calls at once, so they are tried one after the other. */
  large?: true
}

// A hundred thousand rows of a hundred bytes.
const tenMegabytes = (row: string) => Buffer.from(`[${`${row.padEnd(99)},`.repeat(100_000)}${row}]`)
const wrongShape = tenMegabytes('{"x":1}')
const longError = Buffer.concat([Buffer.from('{"name":'), tenMegabytes('"is odd"'), Buffer.from('}')])
const webPage = '<!DOCTYPE html>\n<title>Service unavailable</title>'

const refused = (status: number, message: RegExp, headers = {}): Fault => ({
  name: `${status}`,
  answer: (response) => response.writeHead(status, headers).end(),
  kind: status >= 500 ? 'failed' : 'refused',
  status,
  message,
})
const badAnswer = (name: string, answer: Fault['answer'], fineIfBodyIgnored?: true, status = 200): Fault => ({
  name,
  answer,
  kind: 'malformed',
  status,
  message:
    /a web page instead of JSON|answer isn’t valid JSON|answer doesn’t match its API|answer isn’t a session token/,
  ...(fineIfBodyIgnored && { fineIfBodyIgnored }),
})

/** Every fault that BigV, a server in front of it, or the network can cause. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'a time-out',
    answer: () => {},
    kind: 'timeout',
    status: 0,
    sent: 'unknown',
    message: /No answer from (?:BigV|the auth service) in time/,
    neverEnds: true,
  },
  {
    name: 'a time-out in the middle of the answer',
    answer: (response) => response.writeHead(200, { 'Content-Length': '100' }).write('{'),
    kind: 'timeout',
    status: 200,
    sent: 'unknown',
    message: /No answer from (?:BigV|the auth service) in time/,
    neverEnds: true,
  },
  {
    name: 'a cut before the answer',
    answer: (response) => response.destroy(),
    kind: 'unreachable',
    status: 0,
    sent: 'unknown',
    message: /connection failed before (?:BigV|the auth service) answered/,
  },
  {
    name: 'a cut in the middle of the answer',
    answer: (response) =>
      response.writeHead(200, { 'Content-Length': '100' }).write('[', () => response.destroy()),
    kind: 'cut',
    status: 200,
    message: /answer was cut off/,
  },
  {
    ...refused(400, /refused this \(400\): name can't be blank\./),
    name: '400 with fields',
    answer: (response) => json(response, 400, { name: ["can't be blank"] }),
  },
  {
    ...refused(400, /refused this \(400\): It must be off\./),
    name: '400 with a text',
    answer: (response) => response.writeHead(400, { 'Content-Type': 'text/plain' }).end('It must be off.'),
  },
  refused(401, /rejected your sign-in/),
  refused(403, /Not allowed \(403\)/),
  refused(404, /Not found, or you don’t have access/),
  refused(409, /refused this \(409\)/),
  refused(413, /refused this \(413\)/),
  refused(422, /refused this \(422\)/),
  refused(429, /Too many requests/, { 'Retry-After': '30' }),
  refused(500, /failed \(500\)/),
  refused(502, /failed \(502\)/),
  {
    ...refused(503, /unavailable \(503\)/),
    name: '503 with a web page',
    answer: (response) => response.writeHead(503, { 'Content-Type': 'text/html' }).end(webPage),
  },
  badAnswer('204 without a body', (response) => response.writeHead(204).end(), true, 204),
  badAnswer('200 with a web page', (response) =>
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(webPage),
  ),
  badAnswer('JSON of another shape', (response) => json(response, 200, [1, 'two', null]), true),
  badAnswer('JSON that is cut short', (response) => response.end('[{"id": 1, "na'), true),
  {
    ...badAnswer('10 MB of another shape', (response) => response.end(wrongShape), true),
    large: true,
  },
  {
    ...refused(400, /^.{10,2000}$/),
    name: '10 MB of complaints',
    answer: (response) => response.writeHead(400).end(longError),
    large: true,
  },
  {
    name: 'a redirect elsewhere',
    answer: (response, elsewhere) => response.writeHead(307, { Location: elsewhere }).end(),
    kind: 'redirect',
    status: 307,
    sent: 'unknown',
    message: /redirected the request to another address/,
  },
]
