import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tls from 'node:tls'
import { Wire } from './wire.ts'

/** The certificate for localhost. Both certificates are self-signed, so only clients configured to trust them do. */
export const CERTIFICATE = path.join(import.meta.dirname, 'certificate.pem')
export const CERTIFICATE_OF_ANOTHER_NAME = path.join(import.meta.dirname, 'other-name.pem')
export const KEY = path.join(import.meta.dirname, 'key.pem')

/**
 * A file with both certificates, for clients that should trust them. The file is readable by everyone, since servers run as
 * other users.
 */
export function bothTrusted(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bigv-trusted-'))
  chmodSync(folder, 0o755)
  const file = path.join(folder, 'both.pem')
  writeFileSync(file, [CERTIFICATE, CERTIFICATE_OF_ANOTHER_NAME].map((one) => readFileSync(one)).join(''))
  return file
}

/** The page of `pageFolder`. */
export const PAGE = '<p>the page</p>'

/** A folder with a page, in place of a build. */
export function pageFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bigv-page-'))
  writeFileSync(path.join(folder, 'index.html'), PAGE)
  return folder
}

/** A fake BigV that sends exactly the bytes that a test sets. */
export type FakeBigv = {
  url: string
  port: number
  /** all connections so far, in order */
  connections: Wire[]
  /** handles a connection; each test can set another function */
  answer: (connection: Wire) => unknown
  close: () => Promise<void>
}

/**
 * Starts a fake BigV on loopback; with `secure`, over TLS. Like a server with many names, it offers a certificate only to
 * clients that name localhost (SNI).
 */
export async function startFakeBigv({ secure = false, certificate = CERTIFICATE } = {}): Promise<FakeBigv> {
  const accept = (socket: net.Socket) => {
    const connection = new Wire(socket)
    bigv.connections.push(connection)
    bigv.answer(connection)
  }
  const server = secure
    ? tls.createServer({ SNICallback: certificateForLocalhost(certificate) }, accept)
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

function certificateForLocalhost(certificate: string): tls.TlsOptions['SNICallback'] {
  const context = tls.createSecureContext({ key: readFileSync(KEY), cert: readFileSync(certificate) })
  return (name, done) =>
    name === 'localhost' ? done(null, context) : done(new Error(`There is no certificate for ${name}.`))
}

/** A port on loopback on which nothing listens. */
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
