import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { READ_TIMEOUT_MS } from '../../tools/proxy/failures.ts'
import { pageFolder, startFakeBigv } from '../../tools/testing/fake-bigv.ts'
import { answerText, PUT, readAnswer } from '../../tools/testing/wire.ts'
import { configurationOf } from '../testing/check-start.ts'
import { presentServers } from '../testing/servers.ts'
import { startWebServer } from '../testing/web-server.ts'

const SERVERS = presentServers()
const TEN_MINUTES_MS = 600_000

test.concurrent.each(SERVERS)('%s finishes a running write before stopping', async (server) => {
  const bigv = await startFakeBigv()
  const web = await startWebServer({ server, bigvUrl: bigv.url, dashboard: pageFolder() })
  try {
    const page = web.open().send(PUT)
    await expect.poll(() => bigv.connections[0]?.received).toContain('{}')
    const stopped = web.stop()
    await expect.poll(() => web.open().send('GET / HTTP/1.0\r\n\r\n').whole()).toBe('') // the stopping server accepts no new requests
    await setTimeout(1200) // longer than a server that waits one second
    bigv.connections[0]?.send(answerText('200 OK', { 'Content-Type': 'application/json' }, '{"done":true}'))
    expect(readAnswer(await page.whole())).toMatchObject({ status: 200, json: { done: true } })
    await stopped
  } finally {
    await web.close()
    await bigv.close()
  }
})

test.each(SERVERS)('%s waits ten minutes for BigV, as the proxy of `npm run dev` does', (server) => {
  expect(READ_TIMEOUT_MS).toBe(TEN_MINUTES_MS)
  const configuration = configurationOf(server)
  if (server === 'caddy') {
    for (const name of ['read_timeout', 'response_header_timeout'])
      expect(nanoseconds(configuration, name), name).toEqual([TEN_MINUTES_MS * 1e6, TEN_MINUTES_MS * 1e6])
    expect(nanoseconds(configuration, 'grace_period')).toEqual([TEN_MINUTES_MS * 1e6])
    expect(nanoseconds(configuration, 'write_timeout')).toEqual([])
  } else {
    expect(configuration.match(/proxy_read_timeout .*?;/g)).toEqual([
      `proxy_read_timeout ${TEN_MINUTES_MS}ms;`,
    ])
    expect(configuration).not.toContain('worker_shutdown_timeout')
  }
})

/** Every value of the named setting in Caddy's configuration. */
function nanoseconds(json: string, name: string): number[] {
  return [...json.matchAll(new RegExp(`"${name}":(\\d+)`, 'g'))].map(([, value]) => Number(value))
}
