import { StartError } from './start-error.ts'

/** What finding a browser needs to know of the machine, and may do to it. */
export type Probes = {
  platform: NodeJS.Platform
  isRoot: boolean
  /** has apt-get, so that packages can be installed by root */
  isDebian: boolean
  /** where Playwright puts its own Chromium */
  ownBrowser: string
  /** the path that was asked for by name, in BIGV_CHROMIUM */
  wanted: string | undefined
  /** the full path of a command, when it is on the PATH */
  onPath: (command: string) => string | undefined
  /** whether this file is a browser that starts here: one without its libraries does not */
  starts: (file: string) => Promise<boolean>
  /** lets Playwright download its own; its output is shown */
  installOwn: () => Promise<unknown>
  /** runs apt-get; its output is shown */
  aptGet: (args: string[]) => Promise<unknown>
  say: (line: string) => void
}

// The headless shell is Chromium without its windows, and the same tests take half as long in it.
const COMMANDS = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
]
/** In Debian's names; Ubuntu has but the second. */
const PACKAGES = ['chromium-headless-shell', 'chromium']
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const ADVICE = [
  'No Chromium was found, and none could be installed. Do one of these, then start again:',
  '  npx playwright install --with-deps chromium',
  '  install Chromium or Google Chrome with the package manager of this machine',
  '  set BIGV_CHROMIUM to the path of a Chromium',
].join('\n')

/**
 * Finds a real Chromium for the tests in a browser: Playwright's own, else one of the system; else installs one.
 * @returns the path of its program
 * @throws StartError with what to do, when there is none and none could be installed
 */
export async function findBrowser(probes: Probes): Promise<string> {
  const { wanted, ownBrowser, starts, say } = probes
  if (wanted) {
    if (await starts(wanted)) return wanted
    throw new StartError(`BIGV_CHROMIUM is ${wanted}, which does not start as a browser.`)
  }
  const present = await firstThatStarts([ownBrowser, ...systemBrowsers(probes)], starts)
  if (present) return present

  say('No Chromium was found. Installing one for Playwright …')
  await probes.installOwn()
  if (await starts(ownBrowser)) return ownBrowser

  if (probes.isRoot && probes.isDebian) {
    say('That gave none that starts. Installing one with apt-get …')
    await probes.aptGet(['update'])
    for (const name of PACKAGES) {
      await probes.aptGet(['install', '-y', '--no-install-recommends', name])
      // The package may also have brought the libraries that Playwright's own was lacking.
      const installed = await firstThatStarts([...systemBrowsers(probes), ownBrowser], starts)
      if (installed) return installed
    }
  }
  throw new StartError(ADVICE)
}

function systemBrowsers({ platform, onPath }: Probes): string[] {
  const commands = COMMANDS.map(onPath).filter((file) => file !== undefined)
  return platform === 'darwin' ? [...commands, ...MAC_APPS] : commands
}

async function firstThatStarts(files: string[], starts: Probes['starts']): Promise<string | undefined> {
  for (const file of files) if (await starts(file)) return file
  return undefined
}
