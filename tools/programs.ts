import { chromium, firefox, webkit } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'

// The headless shell is Chromium without windows. In it, the tests take half as long.
const BROWSERS = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]
const MAC_BROWSERS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const START_LIMIT_MS = 30_000

/** The path of the Chromium for the tests: BIGV_CHROMIUM, Playwright's own, or one installed on the system. */
export function findBrowser(): string | undefined {
  const { BIGV_CHROMIUM: wanted } = process.env
  if (wanted) return wanted
  const found = [chromium.executablePath(), ...BROWSERS.map((name) => findProgram(name)), ...MAC_BROWSERS]
  return found.find((file) => file !== undefined && isExecutable(file) && starts(file))
}

const FIREFOX = '/Applications/Firefox.app/Contents/MacOS/firefox'

/** The path of the Firefox for the tests: BIGV_FIREFOX, Playwright's own, or one installed on the system. */
export function findFirefox(): string | undefined {
  const { BIGV_FIREFOX: wanted } = process.env
  if (wanted) return wanted
  const found = [firefox.executablePath(), findProgram('firefox-esr'), findProgram('firefox'), FIREFOX]
  return found.find((file) => file !== undefined && isExecutable(file) && starts(file))
}

/** The path of nginx: BIGV_NGINX, or the one installed on the system. */
export function findNginx(): string | undefined {
  return process.env.BIGV_NGINX || findProgram('nginx')
}

export function findCaddy(): string | undefined {
  return findProgram('caddy')
}

export function findCurl(): string | undefined {
  return findProgram('curl')
}

/** The paths of WebKitGTK's driver, which starts the browser, and of Xvfb, the display on which the browser runs. */
export interface WebKit {
  driver: string
  xvfb: string
}

/** WebKitGTK's driver and Xvfb: on Debian, the packages webkit2gtk-driver and xvfb. */
export function findWebKit(): WebKit | undefined {
  const [driver, xvfb] = [findProgram('WebKitWebDriver'), findProgram('Xvfb')]
  return driver && xvfb ? { driver, xvfb } : undefined
}

/** The path of Playwright's own WebKit. */
export function findPlaywrightWebKit(): string | undefined {
  const file = webkit.executablePath()
  return isExecutable(file) ? file : undefined
}

function findProgram(name: string): string | undefined {
  // Debian installs servers in /usr/sbin, which is only in root's PATH.
  const folders = [...(process.env.PATH ?? '').split(path.delimiter).filter(Boolean), '/usr/sbin']
  return folders.map((folder) => path.join(folder, name)).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** True if the browser starts on this computer; if a library is missing, it can't. */
function starts(file: string): boolean {
  // Chrome for Windows opens a window instead of printing its version.
  if (process.platform === 'win32') return true
  return spawnSync(file, ['--version'], { stdio: 'ignore', timeout: START_LIMIT_MS }).status === 0
}
