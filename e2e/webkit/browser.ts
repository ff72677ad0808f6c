import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Builder, type WebDriver } from 'selenium-webdriver'
import type { WebKit } from '../../tools/programs.ts'

// WebKitGTK through WebDriver: Playwright can only drive WebKits that it has built itself.

const START_LIMIT_MS = 30_000

// GTK makes a window at least as wide as its toolbar, 447 px. Without this style, no page could be 390 px wide.
const NARROW_TOOLBAR =
  '* { min-width: 0; padding: 0; margin: 0; font-size: 1px; -gtk-icon-transform: scale(0); }'
/** The display's size in px. Its pointer stays in the middle: WebDriver's mouse exists only in the page. */
export const DISPLAY = { width: 2000, height: 1200 }

const NO_ANIMATIONS = '[Settings]\ngtk-enable-animations=0\n'

export interface Browser {
  driver: WebDriver
  close: () => Promise<void>
}

/** Starts WebKitGTK's MiniBrowser on a display of its own, with an empty profile and without animations. */
export async function startWebKit({ driver: driverFile, xvfb }: WebKit): Promise<Browser> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'bigv-webkit-'))
  const processes: ChildProcess[] = []
  const kill = () => {
    for (const each of processes) each.kill()
  }
  process.once('exit', kill)
  const stop = async () => {
    await Promise.all(processes.map(stopped))
    process.off('exit', kill)
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    mkdirSync(path.join(home, 'gtk-3.0'))
    writeFileSync(path.join(home, 'gtk-3.0/settings.ini'), NO_ANIMATIONS)
    writeFileSync(path.join(home, 'gtk-3.0/gtk.css'), NARROW_TOOLBAR)
    const display = spawn(
      xvfb,
      ['-displayfd', '3', '-screen', '0', `${DISPLAY.width}x${DISPLAY.height}x24`, '-nolisten', 'tcp'],
      {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      },
    )
    processes.push(display)
    const number = await firstLine(display)
    const port = await freePort()
    processes.push(
      spawn(driverFile, [`--port=${port}`], {
        env: {
          ...process.env,
          DISPLAY: `:${number}`,
          GDK_BACKEND: 'x11',
          XDG_CONFIG_HOME: home,
          XDG_DATA_HOME: home,
          XDG_CACHE_HOME: home,
          // There is no accessibility bus to report to.
          NO_AT_BRIDGE: '1',
          TZ: 'UTC',
        },
        stdio: 'ignore',
      }),
    )
    const url = `http://127.0.0.1:${port}`
    await untilReady(url)
    const driver = await new Builder()
      .usingServer(url)
      .withCapabilities({ browserName: 'MiniBrowser' })
      .build()
    const close = async () => {
      await driver.quit().catch(() => undefined)
      await stop()
    }
    return { driver, close }
  } catch (error) {
    await stop()
    throw error
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill()
  await exit
}

/** The number that Xvfb writes once the display is ready. */
async function firstLine({ stdio }: ChildProcess): Promise<string> {
  const stream = stdio[3]
  if (!stream) throw new Error('Xvfb has no third pipe.')
  const [line] = (await once(stream, 'data', { signal: AbortSignal.timeout(START_LIMIT_MS) })) as [Buffer]
  return line.toString('utf8').trim()
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

async function untilReady(url: string): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS
  for (;;) {
    try {
      await fetch(`${url}/status`)
      return
    } catch (error) {
      if (Date.now() > limit) throw error
      await sleep(50)
    }
  }
}
