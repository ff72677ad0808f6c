// Runs in each page before its first script, and measures times that can only be measured inside the page. Plain JavaScript,
// because it is injected without a build.

const benchPause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const benchResources = () => performance.getEntriesByType('resource')
const benchBytes = (entries) => entries.reduce((bytes, { transferSize }) => bytes + transferSize, 0)

{
  /** A row of the list, in the dashboard and in the hand-written page. */
  const ROW = '[role="row"] a[href]'
  const ADDRESS = /\d+\.\d+\.\d+\.\d+/
  const QUIET_MS = 500

  const longTasks = []
  const probe = { clickedAt: null, keys: [], changes: [] }
  globalThis.bench = probe

  new PerformanceObserver((list) => {
    longTasks.push(...list.getEntries().map(({ duration }) => duration))
  }).observe({ type: 'longtask', buffered: true })

  /** The time at which the first row was painted. */
  probe.firstRow = new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (document.querySelector(ROW) === null) return
      watch.disconnect()
      afterPaint(() => resolve(performance.now()))
    })
    watch.observe(document, { childList: true, subtree: true })
  })

  // For the time from the click on "Sign in".
  addEventListener('click', (event) => (probe.clickedAt = event.timeStamp), { capture: true })

  // From a key press to the next paint, when the user sees the input.
  addEventListener(
    'keydown',
    ({ timeStamp }) => afterPaint(() => probe.keys.push(performance.now() - timeStamp)),
    { capture: true },
  )

  // From a key press to the paint of the changed rows. A key that changes no row has no such time.
  let pressed = null
  const rows = () => [...document.querySelectorAll(ROW)].map(({ href }) => href).join('\n')
  addEventListener('keydown', ({ timeStamp }) => (pressed = { at: timeStamp, rows: rows() }), {
    capture: true,
  })
  new MutationObserver(() => {
    if (pressed === null || pressed.rows === rows()) return
    const { at } = pressed
    pressed = null
    afterPaint(() => probe.changes.push(performance.now() - at))
  }).observe(document, { childList: true, subtree: true, attributeFilter: ['href'] })

  /** A task posted during a frame runs once that frame has been painted. */
  function afterPaint(action) {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', action)
      port1.start()
      port2.postMessage(0)
    })
  }

  async function until(condition) {
    while (!condition()) await benchPause(20)
  }

  /** Waits until nothing has been loaded for a while and the rows, if any, have their addresses. */
  probe.settled = async () => {
    if (document.querySelector(ROW) !== null) {
      await until(() => ADDRESS.test(document.querySelector('[role=table]').textContent))
    }
    for (let before = -1; before !== benchResources().length; await benchPause(QUIET_MS))
      before = benchResources().length
  }

  /** Focuses a field as soon as it can be focused, and selects its text. */
  probe.focus = (selector) =>
    until(() => {
      const field = document.querySelector(selector)
      field?.focus()
      field?.select()
      return field !== null && document.activeElement === field
    })

  /** The centre of the Sign in button. */
  probe.signInButton = () => {
    const button = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent.trim() === 'Sign in',
    )
    const { left, top, width, height } = button.getBoundingClientRect()
    return { x: left + width / 2, y: top + height / 2 }
  }

  /** The long tasks in ms since the page's start or the last call. */
  probe.takeLongTasks = () => longTasks.splice(0)

  /** The number of elements, texts and comments. */
  probe.nodes = () => {
    const walker = document.createTreeWalker(document)
    let count = 1
    while (walker.nextNode()) count += 1
    return count
  }

  /** Scrolls by this many pixels per frame, and returns how long each frame took. */
  probe.scroll = (pixels, frames) =>
    new Promise((resolve) => {
      const times = []
      let before
      const step = (now) => {
        if (before !== undefined) times.push(now - before)
        before = now
        if (times.length === frames) return resolve(times)
        scrollBy(0, pixels)
        requestAnimationFrame(step)
      }
      requestAnimationFrame(step)
    })

  const lists = () => benchResources().filter(({ name }) => name.endsWith('/virtual_machines'))

  /** Hides the tab or shows it again; both pages refresh when it is shown. */
  probe.setHidden = (hidden) => {
    if (!hidden) performance.clearResourceTimings()
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
    Object.defineProperty(document, 'visibilityState', {
      value: hidden ? 'hidden' : 'visible',
      configurable: true,
    })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  }

  /** Waits until the list has been fetched after `setHidden(false)`. */
  probe.answered = () => until(() => lists().length > 0)

  /** Requests begun and bytes received until the first row. */
  probe.loaded = async () => {
    const firstRow = await probe.firstRow
    const entries = [...performance.getEntriesByType('navigation'), ...benchResources()].filter(
      ({ startTime }) => startTime < firstRow,
    )
    return {
      requests: entries.length,
      bytes: benchBytes(entries.filter(({ responseEnd }) => responseEnd <= firstRow)),
      // Counts file contents without headers, as the byte budget does.
      scriptBytes: entries
        .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
        .reduce((bytes, { encodedBodySize }) => bytes + encodedBodySize, 0),
    }
  }
}
