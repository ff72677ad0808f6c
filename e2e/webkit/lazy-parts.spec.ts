import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { Key } from 'selenium-webdriver'
import { listPath } from '../account.ts'
import { expect } from '../bigv.ts'
import { builtFile } from '../built-files.ts'
import { rememberIn, test } from './fixtures.ts'
import { Screen } from './screen.ts'

/** A proxy that answers some of the dashboard's files with a page, like the Wi-Fi of a hotel before its guest has signed in. */
async function startHotel(dashboard: string, files: readonly string[]) {
  let signedIn = false
  const server = http.createServer((request, response) => {
    const { url = '/', method, headers } = request
    if (!signedIn && files.includes(url.slice(1))) {
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Welcome</title>')
      return
    }
    const forwarded = http.request(dashboard + url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    request.pipe(forwarded)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    signIn: () => {
      signedIn = true
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('keeps the input when a part fails to load, and loads it at the next try @long', async ({
  screen: { driver },
  account,
  servers: { url },
}) => {
  const parts = [
    'src/features/machine/discs/tab.tsx',
    'src/features/activity/page.tsx',
    'src/app/palette/palette.tsx',
  ]
  const hotel = await startHotel(url, parts.map(builtFile))
  try {
    const screen = new Screen(driver, hotel.url)
    const settings = `${listPath(account)}/www1?tab=settings`
    await screen.open('/sign-in')
    await rememberIn(screen, account)
    await screen.open(settings)
    const name = screen.role('region', 'Name and group').label('Name')
    await name.fill('half a nam')
    const discs = screen.role('navigation', 'Machine').role('link', 'Discs')
    const activity = screen.role('link', 'Activity')
    for (const attempt of [
      () => discs.click(),
      () => screen.press([Key.CONTROL, 'k']),
      () => activity.click(),
    ]) {
      await attempt()
      const notice = screen.role('region', 'Notifications').role('listitem')
      await notice.with('Part of the page failed to load').isShown()
      await screen.expectPath(settings)
      expect(await (await name.one()).getProperty('value')).toBe('half a nam')
      await notice.role('button', 'Dismiss').click()
      await notice.isGone()
    }

    hotel.signIn()
    await screen.press([Key.CONTROL, 'k'])
    await expect.poll(() => screen.role('dialog', 'Go to').role('combobox').isFocused()).toBe(true)
    await screen.press(Key.ESCAPE)
    await discs.click()
    await screen.role('heading', 'Discs').isShown()
    await activity.click()
    await screen.expectPath('/activity')
  } finally {
    hotel.close()
  }
})
