import { expect, test } from 'vitest'
import { PAGE, pageFolder, startFakeBigv, unusedPort } from '../../tools/testing/fake-bigv.ts'
import { answerText } from '../../tools/testing/wire.ts'
import { presentServers } from '../testing/servers.ts'
import { startWebServer } from '../testing/web-server.ts'

test.each(presentServers())(
  'starts %s on another port if another process takes the first one',
  async (server) => {
    const other = await startFakeBigv()
    other.answer = (connection) => connection.send(answerText('200 OK', {}, '{}'))
    const ports = [other.port, await unusedPort()]
    const options = { server, bigvUrl: 'http://127.0.0.1:1', dashboard: pageFolder() }
    const web = await startWebServer(options, async () => ports.shift() ?? 0)
    try {
      expect(await (await fetch(web.url)).text()).toBe(PAGE)
    } finally {
      await web.close()
      await other.close()
    }
  },
)
