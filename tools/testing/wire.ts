import type { Socket } from 'node:net'

/** One end of a connection, with all bytes received on it. */
export class Wire {
  received = ''
  readonly socket: Socket
  /** resolves when the connection has ended in any way */
  readonly closed: Promise<void>
  #waiting = new Set<() => void>()

  constructor(socket: Socket) {
    this.socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      this.received += text
      for (const check of this.#waiting) check()
    })
    socket.on('error', () => {}) // 'close' follows
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        resolve()
        for (const check of this.#waiting) check()
      })
    })
  }

  send(text: string): this {
    this.socket.write(text, 'latin1')
    return this
  }

  /**
   * Waits until `part` has been received, and returns everything received.
   * @throws if the connection ends first
   */
  until(part: string | RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = typeof part === 'string' ? this.received.includes(part) : part.test(this.received)
        if (found) resolve(this.received)
        else if (this.socket.closed)
          reject(new Error(`The connection ended after ${JSON.stringify(this.received)}`))
        else return
        this.#waiting.delete(check)
      }
      this.#waiting.add(check)
      check()
    })
  }

  /** Everything received until the connection was closed. */
  async whole(): Promise<string> {
    await this.closed
    return this.received
  }
}

/**
 * A request as a browser sends it, on a connection that closes after it.
 * @param line method and target
 */
export function requestText(line: string, headers: Record<string, string> = {}, body = ''): string {
  const all = { Host: 'localhost', Connection: 'close', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${line} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}

/** A complete answer as BigV sends it; Content-Length is added. */
export function answerText(status: string, headers: Record<string, string> = {}, body = ''): string {
  const all = { 'Content-Length': String(Buffer.byteLength(body)), ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${body}`
}

/** The status, headers and body of an answer. A JSON body is parsed, even if it is chunked. */
export function readAnswer(text: string): { status: number; headers: Headers; body: string; json: unknown } {
  const [head, body] = split(text, '\r\n\r\n')
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers = new Headers(lines.map((line) => split(line, ': ')))
  const json = headers.get('content-type') === 'application/json' ? /\{.*\}/s.exec(body)?.[0] : undefined
  return { status: Number(statusLine.split(' ')[1]), headers, body, json: json && JSON.parse(json) }
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at)
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + at.length)]
}

/** A write: the kind of request where it matters most whether it was sent. */
export const PUT = requestText('PUT /api/x', { 'Content-Length': '2' }, '{}')

/** The only request that the proxy passes on to the auth service. */
export const SIGN_IN = requestText('POST /auth/session', { 'Content-Length': '2' }, '{}')

/** The beginning of an answer; more headers can follow. */
export const HEAD_OF_ANSWER = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
