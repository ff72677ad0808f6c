import dgram from 'node:dgram'

// Bytes of a message, by RFC 1035, section 4.1.
const HEADER = 12
const ANSWER = Buffer.from([0x81, 0x80]) // recursion desired and available, no error
const NO_SUCH_NAME = Buffer.from([0x81, 0x83])
/** The number of addresses of each name. */
const KNOWN = new Map([
  ['\u0009localhost', 1],
  ['\u0005twice', 2],
])
/** The record of an IPv4 address: the queried name (a pointer to byte 12), valid for a second, 127.0.0.1. */
const LOOPBACK = Buffer.from([0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1])

/**
 * A DNS server on loopback, because nginx resolves names only through DNS. It resolves localhost, and `twice`, a name with
 * the same address listed twice.
 * @returns its address with its port
 */
export function startNameServer(): Promise<{ address: string; close: () => Promise<void> }> {
  const server = dgram.createSocket('udp4')
  server.on('message', (query, { address, port }) => {
    const end = query.indexOf(0, HEADER)
    const addresses = KNOWN.get(query.toString('latin1', HEADER, end)) ?? 0
    const counts = Buffer.from([0, 1, 0, addresses, 0, 0, 0, 0])
    const question = query.subarray(HEADER, end + 5)
    const parts = [query.subarray(0, 2), addresses ? ANSWER : NO_SUCH_NAME, counts, question]
    server.send(Buffer.concat([...parts, ...Array<Buffer>(addresses).fill(LOOPBACK)]), port, address)
  })
  return new Promise((resolve) => {
    server.bind(0, '127.0.0.1', () => {
      const close = () => new Promise<void>((done) => void server.close(() => done()))
      resolve({ address: `127.0.0.1:${server.address().port}`, close })
    })
  })
}
