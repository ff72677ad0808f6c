import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Tab } from './browser.ts'
import { CREDENTIALS, type Fleet, type Site } from './servers.ts'
import { mainThreadTasks } from './trace.ts'

/** The figures of one visit to one page. Times in ms, sizes in bytes; a list has one figure per key press, frame or task. */
export interface Figures {
  firstRow: number
  signInToFirstRow: number
  requests: number
  bytes: number
  scriptBytes: number
  /** The main thread's tasks of 50 ms or more. */
  loadLongTasks: number[]
  heap: number
  nodes: number
  /** From each key press to the next paint, and to the paint of the rows that it changes. */
  keys: number[]
  changes: number[]
  keyLongTasks: number[]
  frames: number[]
  /** The main thread's tasks during a refresh that brings no change, and during one that brings changes. */
  sameRefresh: number[]
  changedRefresh: number[]
}

const PROBE = readFileSync(path.join(import.meta.dirname, 'probe.js'), 'utf8')
const VIEWPORT = { width: 1280, height: 800, deviceScaleFactor: 1, mobile: false }
const WORDS = ['web1', '198.18', 'db-']
// Ten keys a second is fast typing. With a slower processor, the pause is longer, so that each change is in time for its own key.
const KEY_PAUSE_MS = 100
const SCROLL = { pixels: 160, frames: 90 }
// Both pages have finished their work on an answer after this pause.
const SETTLED_MS = 400

/** Visits a fleet's list once with an empty cache and takes all figures. `slowdown` slows the page's processor down by this factor. */
export async function measure(browser: Browser, fleet: Fleet, site: Site, slowdown = 1): Promise<Figures> {
  const signInToFirstRow = await inFreshTab(browser, { slowdown }, (tab) => signIn(tab, fleet.lists[site]))
  return inFreshTab(browser, { slowdown, remembered: true }, async (tab) => {
    await tab.send('Page.navigate', { url: fleet.lists[site] })
    const firstRow = await tab.evaluate<number>('bench.firstRow')
    await tab.evaluate('bench.settled()')
    const loaded = await tab.evaluate<Pick<Figures, 'requests' | 'bytes' | 'scriptBytes'>>('bench.loaded()')
    const loadLongTasks = await tab.evaluate<number[]>('bench.takeLongTasks()')
    const heap = await heapOf(tab)
    const nodes = await tab.evaluate<number>('bench.nodes()')
    const typing = await type(tab, slowdown)
    // A short list has less to scroll.
    const pixels = Math.min(SCROLL.pixels, fleet.machines / 3)
    const frames = await tab.evaluate<number[]>(`bench.scroll(${pixels}, ${SCROLL.frames})`)
    await tab.evaluate('scrollTo(0, 0)')
    const sameRefresh = await refresh(browser, tab)
    await changeOnePercent(fleet)
    const changedRefresh = await refresh(browser, tab)
    return {
      firstRow,
      signInToFirstRow,
      ...loaded,
      loadLongTasks,
      heap,
      nodes,
      ...typing,
      frames,
      sameRefresh,
      changedRefresh,
    }
  })
}

/** From the click on "Sign in" to the first row, starting at the list's URL. */
async function signIn(tab: Tab, url: string): Promise<number> {
  await tab.send('Page.navigate', { url })
  for (const name of ['account', 'username', 'password'] as const) {
    await tab.evaluate(`bench.focus('input[name=${name}]')`)
    await tab.send('Input.insertText', { text: CREDENTIALS[name] })
  }
  await tab.evaluate('bench.settled()')
  const at = await tab.evaluate<{ x: number; y: number }>('bench.signInButton()')
  const mouse = { ...at, button: 'left', clickCount: 1 }
  await tab.send('Input.dispatchMouseEvent', { ...mouse, type: 'mousePressed' })
  await tab.send('Input.dispatchMouseEvent', { ...mouse, type: 'mouseReleased' })
  return tab.evaluate<number>('bench.firstRow.then((time) => time - bench.clickedAt)')
}

async function inFreshTab<T>(
  browser: Browser,
  { slowdown, remembered = false }: { slowdown: number; remembered?: boolean },
  work: (tab: Tab) => Promise<T>,
): Promise<T> {
  const tab = await browser.newTab()
  try {
    await tab.send('Page.enable')
    await tab.send('Emulation.setDeviceMetricsOverride', VIEWPORT)
    await tab.send('Emulation.setFocusEmulationEnabled', { enabled: true })
    await tab.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    const session = remembered
      ? `sessionStorage.setItem('bigv.session', ${JSON.stringify(JSON.stringify(CREDENTIALS))})`
      : ''
    // No automatic refresh during a visit.
    const source = `${session}\nlocalStorage.setItem('bigv.interval', '60000')\n${PROBE}`
    await tab.send('Page.addScriptToEvaluateOnNewDocument', { source })
    return await work(tab)
  } finally {
    await tab.close()
  }
}

async function heapOf(tab: Tab): Promise<number> {
  await tab.send('HeapProfiler.enable')
  await tab.send('HeapProfiler.collectGarbage')
  await tab.send('HeapProfiler.collectGarbage')
  await tab.send('HeapProfiler.disable')
  return Number((await tab.send('Runtime.getHeapUsage'))['usedSize'])
}

/** Types some words and deletes each again. */
async function type(tab: Tab, slowdown: number): Promise<Pick<Figures, 'keys' | 'changes' | 'keyLongTasks'>> {
  await tab.evaluate(`bench.focus('input[type=search]')`)
  await tab.evaluate('bench.takeLongTasks()')
  for (const word of WORDS) {
    for (const text of word) await press(tab, { key: text, text }, slowdown)
    for (const _ of word) await press(tab, { key: 'Backspace', windowsVirtualKeyCode: 8 }, slowdown)
  }
  await pause(SETTLED_MS)
  return {
    keys: await tab.evaluate('bench.keys'),
    changes: await tab.evaluate('bench.changes'),
    keyLongTasks: await tab.evaluate('bench.takeLongTasks()'),
  }
}

async function press(tab: Tab, key: Record<string, unknown>, slowdown: number): Promise<void> {
  await tab.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key })
  await tab.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
  await pause(KEY_PAUSE_MS * slowdown)
}

/** Triggers a refresh by showing the tab again, and returns how long each task of the main thread took. */
async function refresh(browser: Browser, tab: Tab): Promise<number[]> {
  await tab.evaluate('bench.setHidden(true)')
  return mainThreadTasks(browser, async () => {
    await tab.evaluate('bench.setHidden(false)')
    await tab.evaluate('bench.answered()')
    await pause(SETTLED_MS)
  })
}

async function changeOnePercent({ bigv, machines }: Fleet): Promise<void> {
  const ids = Array.from({ length: Math.max(1, machines / 100) }, (_, index) => 1 + index * 100)
  for (const id of ids) {
    const { power_on } = await bigv.machine(id)
    await bigv.setMachine(id, { power_on: !power_on })
  }
}
