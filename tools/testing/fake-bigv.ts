import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tls from 'node:tls'
import { Wire } from './wire.ts'

/** Of localhost, and signed by itself, as is the other: whoever is to trust one has to be told of it. */
export const CERTIFICATE = path.join(import.meta.dirname, 'certificate.pem')
export const CERTIFICATE_OF_ANOTHER_NAME = path.join(import.meta.dirname, 'other-name.pem')
export const KEY = path.join(import.meta.dirname, 'key.pem')

/** A file that has both certificates, to be trusted; it may be read by whoever a server runs as. */
export function bothTrusted(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bigv-trusted-'))
  chmodSync(folder, 0o755)
  const file = path.join(folder, 'both.pem')
  writeFileSync(file, [CERTIFICATE, CERTIFICATE_OF_ANOTHER_NAME].map((one) => readFileSync(one)).join(''))
  return file
}

/** What the page of `pageFolder` says. */
export const PAGE = '<p>the page</p>'

/** A folder with a page, as a build would be. */
export function pageFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bigv-page-'))
  writeFileSync(path.join(folder, 'index.html'), PAGE)
  return folder
}

/** A BigV that says exactly what a test tells it to. */
export type FakeBigv = {
  url: string
  port: number
  /** every connection that came, in order */
  connections: Wire[]
  /** what it does with a connection; may be set anew by each test */
  answer: (connection: Wire) => unknown
  close: () => Promise<void>
}

/**
 * Starts one on loopback; with `secure` over TLS, to whoever asks for localhost by that name (SNI): as a server of many
 * names, it has no certificate for who names none.
 */
export async function startFakeBigv({ secure = false, certificate = CERTIFICATE } = {}): Promise<FakeBigv> {
  const accept = (socket: net.Socket) => {
    const connection = new Wire(socket)
    bigv.connections.push(connection)
    bigv.answer(connection)
  }
  const server = secure
    ? tls.createServer({ SNICallback: namedOnly(certificate) }, accept)
    : net.createServer(accept)
  server.on('tlsClientError', () => {})
  const port = await listen(server)
  const bigv: FakeBigv = {
    url: `${secure ? 'https://localhost' : 'http://127.0.0.1'}:${port}`,
    port,
    connections: [],
    answer: () => {},
    close: () => {
      for (const { socket } of bigv.connections) socket.destroy()
      return new Promise((resolve) => void server.close(() => resolve()))
    },
  }
  return bigv
}

function namedOnly(certificate: string): tls.TlsOptions['SNICallback'] {
  const context = tls.createSecureContext({ key: readFileSync(KEY), cert: readFileSync(certificate) })
  return (name, done) =>
    name === 'localhost' ? done(null, context) : done(new Error(`There is no certificate for ${name}.`))
}

/** A port of loopback on which nothing listens. */
export async function unusedPort(): Promise<number> {
  const server = net.createServer()
  const port = await listen(server)
  await new Promise((resolve) => void server.close(resolve))
  return port
}

function listen(server: net.Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(address && typeof address === 'object' ? address.port : 0)
    })
  })
}
