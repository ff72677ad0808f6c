import { describe, expect, test } from 'vitest'
import { findBrowser, type Probes } from './find-browser.ts'

const OWN = '/cache/chromium/chrome'

/** A machine with these programs; an installer may add more. */
function machine(programs: string[], { installs = {}, ...given }: Options = {}) {
  const present = new Set(programs)
  const installers: string[] = []
  const install = (line: string) => {
    installers.push(line)
    for (const file of installs[line] ?? []) present.add(file)
    return Promise.resolve()
  }
  const probes: Probes = {
    platform: 'linux',
    isRoot: false,
    isDebian: false,
    ownBrowser: OWN,
    wanted: undefined,
    onPath: (command) => [`/usr/bin/${command}`].find((file) => present.has(file)),
    starts: (file) => Promise.resolve(present.has(file)),
    installOwn: () => install('playwright'),
    aptGet: (args) => install(['apt-get', ...args].join(' ')),
    say: () => {},
    ...given,
  }
  return { probes, installers }
}
type Options = Partial<Probes> & { installs?: Record<string, string[]> }

const PLAYWRIGHT = 'playwright'
const APT_SHELL = 'apt-get install -y --no-install-recommends chromium-headless-shell'
const APT = 'apt-get install -y --no-install-recommends chromium'

describe('finding a browser', () => {
  test.each([
    ["Playwright's own before one of the system", [OWN, '/usr/bin/chromium'], OWN],
    [
      'its headless shell before Chromium',
      ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell'],
      '/usr/bin/chromium-headless-shell',
    ],
    ['Chromium', ['/usr/bin/google-chrome', '/usr/bin/chromium'], '/usr/bin/chromium'],
    ['Chromium by its other name', ['/usr/bin/chromium-browser'], '/usr/bin/chromium-browser'],
    ['Chrome', ['/usr/bin/google-chrome'], '/usr/bin/google-chrome'],
    ['Chrome by its other name', ['/usr/bin/google-chrome-stable'], '/usr/bin/google-chrome-stable'],
  ])('takes %s, and installs nothing', async (_, programs, found) => {
    const { probes, installers } = machine(programs)
    expect(await findBrowser(probes)).toBe(found)
    expect(installers).toEqual([])
  })

  test('takes an app of macOS, on macOS', async () => {
    const app = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    expect(await findBrowser(machine([app], { platform: 'darwin' }).probes)).toBe(app)
    await expect(findBrowser(machine([app]).probes)).rejects.toThrow('No Chromium')
  })

  test('passes by one that is there but does not start', async () => {
    const { probes } = machine(['/usr/bin/chromium'], { onPath: (command) => `/usr/bin/${command}` })
    probes.starts = (file) => Promise.resolve(file === '/usr/bin/google-chrome')
    expect(await findBrowser(probes)).toBe('/usr/bin/google-chrome')
  })

  test('takes the one that BIGV_CHROMIUM names, or says that it does not start', async () => {
    const wanted = '/opt/chrome'
    expect(await findBrowser(machine([OWN, wanted], { wanted }).probes)).toBe(wanted)
    await expect(findBrowser(machine([OWN], { wanted }).probes)).rejects.toThrow(
      'BIGV_CHROMIUM is /opt/chrome',
    )
  })

  test("installs Playwright's where there is none", async () => {
    const { probes, installers } = machine([], {
      installs: { [PLAYWRIGHT]: [OWN] },
      isRoot: true,
      isDebian: true,
    })
    expect(await findBrowser(probes)).toBe(OWN)
    expect(installers).toEqual([PLAYWRIGHT])
  })

  test('installs one with apt-get where that failed, as root on Debian', async () => {
    const installs = { [APT_SHELL]: ['/usr/bin/chromium-headless-shell'] }
    const { probes, installers } = machine([], { installs, isRoot: true, isDebian: true })
    expect(await findBrowser(probes)).toBe('/usr/bin/chromium-headless-shell')
    expect(installers).toEqual([PLAYWRIGHT, 'apt-get update', APT_SHELL])
  })

  test('installs the whole Chromium where there is no headless shell', async () => {
    const installs = { [APT]: ['/usr/bin/chromium'] }
    const { probes, installers } = machine([], { installs, isRoot: true, isDebian: true })
    expect(await findBrowser(probes)).toBe('/usr/bin/chromium')
    expect(installers).toEqual([PLAYWRIGHT, 'apt-get update', APT_SHELL, APT])
  })

  test.each([
    ['not root', { isRoot: false, isDebian: true }],
    ['not Debian', { isRoot: true, isDebian: false }],
  ])('says what to do where nothing helps: %s', async (_, given) => {
    const { probes, installers } = machine([], given)
    await expect(findBrowser(probes)).rejects.toThrow(
      /playwright install --with-deps chromium\n.*\n.*BIGV_CHROMIUM/,
    )
    expect(installers).toEqual([PLAYWRIGHT])
  })
})
