import type { Browser } from './browser.ts'

/**
 * Does some work and returns how long each task of the page's main thread took meanwhile, in ms: everything that blocks the page,
 * be it scripts, layout or garbage collection.
 */
export async function mainThreadTasks(browser: Browser, work: () => Promise<void>): Promise<number[]> {
  const events = await browser.trace(['disabled-by-default-devtools.timeline', '__metadata'], work)
  const mains = new Map<string, number[]>()
  for (const event of events) {
    const { name } = (event['args'] ?? {}) as { name?: string }
    if (event['name'] === 'thread_name' && name === 'CrRendererMain') mains.set(threadOf(event), [])
  }
  for (const event of events) {
    if (event['name'] === 'RunTask' && event['ph'] === 'X')
      mains.get(threadOf(event))?.push(Number(event['dur']) / 1000)
  }
  // A closed page may leave its process behind, idle.
  const busiest = [...mains.values()].toSorted((a, b) => sum(b) - sum(a))[0]
  if (busiest === undefined) throw new Error('The trace has no main thread.')
  return busiest
}

const threadOf = ({ pid, tid }: Record<string, unknown>) => `${String(pid)}/${String(tid)}`
const sum = (times: readonly number[]) => times.reduce((total, time) => total + time, 0)
