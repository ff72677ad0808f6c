// Put into each page before its first script: takes the times that only the page itself can take. It is plain JavaScript, for
// it runs there as it stands.

const benchPause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const benchResources = () => performance.getEntriesByType('resource')
const benchBytes = (entries) => entries.reduce((bytes, { transferSize }) => bytes + transferSize, 0)

{
  /** A row of machines is on the page: of the dashboard or of the page made by hand. */
  const ROW = '[role="row"] a[href]'
  const ADDRESS = /\d+\.\d+\.\d+\.\d+/
  const QUIET_MS = 500

  const longTasks = []
  const probe = { clickedAt: null, keys: [] }
  globalThis.bench = probe

  new PerformanceObserver((list) => {
    longTasks.push(...list.getEntries().map(({ duration }) => duration))
  }).observe({ type: 'longtask', buffered: true })

  /** When the first row was painted. */
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

  // From a key press to the paint that follows it: what the user waits for to see what was typed.
  addEventListener(
    'keydown',
    ({ timeStamp }) => afterPaint(() => probe.keys.push(performance.now() - timeStamp)),
    { capture: true },
  )

  /** The next frame has been handed over when a task that was put off in it begins. */
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

  /** When nothing has been loaded for a while; where there are rows, after their addresses have come. */
  probe.settled = async () => {
    if (document.querySelector(ROW) !== null) {
      await until(() => ADDRESS.test(document.querySelector('[role=table]').textContent))
    }
    for (let before = -1; before !== benchResources().length; await benchPause(QUIET_MS))
      before = benchResources().length
  }

  /** Focuses a field as soon as there is one in sight, with its text selected. */
  probe.focus = (selector) =>
    until(() => {
      const field = document.querySelector(selector)
      field?.focus()
      field?.select()
      return field !== null && document.activeElement === field
    })

  /** The middle of the button "Sign in". */
  probe.signInButton = () => {
    const button = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent.trim() === 'Sign in',
    )
    const { left, top, width, height } = button.getBoundingClientRect()
    return { x: left + width / 2, y: top + height / 2 }
  }

  /** The long tasks since the page began, or since they were asked for last, in ms. */
  probe.takeLongTasks = () => longTasks.splice(0)

  /** Elements, texts and comments. */
  probe.nodes = () => {
    const walker = document.createTreeWalker(document)
    let count = 1
    while (walker.nextNode()) count += 1
    return count
  }

  /** Scrolls by so many pixels in each of so many frames, and returns how long each frame took. */
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

  /** Puts the tab behind another, or in front again: both pages read anew when it is. */
  probe.setHidden = (hidden) => {
    if (!hidden) performance.clearResourceTimings()
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
    Object.defineProperty(document, 'visibilityState', {
      value: hidden ? 'hidden' : 'visible',
      configurable: true,
    })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  }

  /** When the list has been read again since. */
  probe.answered = () => until(() => lists().length > 0)

  /** Requests and bytes until the first row: what had begun, and what had come, by then. */
  probe.loaded = async () => {
    const firstRow = await probe.firstRow
    const entries = [...performance.getEntriesByType('navigation'), ...benchResources()].filter(
      ({ startTime }) => startTime < firstRow,
    )
    return {
      requests: entries.length,
      bytes: benchBytes(entries.filter(({ responseEnd }) => responseEnd <= firstRow)),
      // As the byte budget counts: what is in the files, without headers.
      scriptBytes: entries
        .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
        .reduce((bytes, { encodedBodySize }) => bytes + encodedBodySize, 0),
    }
  }
}
