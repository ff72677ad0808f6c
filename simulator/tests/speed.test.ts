import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { basic, useBigV } from './bigv.ts'

/*
 * The tests measure processor time, so that they pass on a busy computer. That time includes the client, which runs in the
 * same process, so the simulator alone is even faster.
 */
const bigv = useBigV({ machines: 10_000, control: false, speed: 1 })

const authorization = basic('demo', 'demo')['Authorization']

const processorTime = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Sends `count` requests over one connection, several at a time, and resolves once all are answered. */
const flood = (text: string, count: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(bigv.url).port), '127.0.0.1')
    let sent = 0
    let answered = 0
    const send = (more: number): void => {
      socket.write(text.repeat(more))
      sent += more
    }
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      const answers = chunk.toString('latin1').split('HTTP/1.1 200').length - 1
      answered += answers
      send(Math.min(answers, count - sent))
      if (answered < count) return
      socket.end()
      resolve()
    })
    send(32)
  })

test('the simulator lists 10,000 machines in less than 150 ms of processor time', async () => {
  const ask = bigv.as('demo')
  const times: number[] = []
  for (let round = 0; round < 8; round++) {
    const time = await processorTime(async () => {
      const { json } = await ask('GET', '/accounts/acme/groups/default/virtual_machines?include_deleted=true')
      expect(json).toHaveLength(10_000)
    })
    times.push(time)
  }
  // Most of the time goes into the client's parsing of 4 MB
  expect(Math.min(...times)).toBeLessThan(150)
})

test.each([
  ['GET', ''],
  ['PUT', '{"cores":3}'],
])('the simulator answers thousands of %s requests a second', async (method, body) => {
  const target = '/accounts/acme/groups/default/virtual_machines/42'
  const head = `${method} ${target} HTTP/1.1\r\nHost: bigv\r\nAuthorization: ${authorization}\r\n`
  const entity = body
    ? `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    : '\r\n'
  const count = 2000
  const rounds = [1, 2, 3].map(() => () => processorTime(() => flood(head + entity, count)))
  const times: number[] = []
  for (const round of rounds) times.push(await round())
  expect(Math.min(...times) / count).toBeLessThan(0.5)
})
