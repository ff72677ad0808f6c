import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'

type Params = Record<string, unknown>
type Message = { id?: number; method?: string; params?: Params; result?: Params; error?: { message: string } }

/** A tab in a new context: nothing cached, nothing stored. */
export interface Tab {
  send(method: string, params?: Params): Promise<Params>
  /** The value of an expression; a promise is awaited. */
  evaluate<T>(expression: string): Promise<T>
  close(): Promise<void>
}

export interface Browser {
  version: string
  newTab(): Promise<Tab>
  /** The browser's trace events during the work. */
  trace(categories: readonly string[], work: () => Promise<void>): Promise<Params[]>
  close(): Promise<void>
}

/**
 * Starts a Chromium controlled directly over its protocol. Playwright makes it report all traffic, which takes the page's main thread
 * tens of ms for an answer of some MB and would count as the page's own time.
 */
export async function startBrowser(executable: string): Promise<Browser> {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'bench-'))
  const child = spawn(
    executable,
    [
      '--headless',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-gpu',
      '--force-prefers-reduced-motion',
      '--lang=en-GB',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  )
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const { call, on } = connect(child.stdio[3] as Writable, child.stdio[4] as Readable)
  const { product } = await call('Browser.getVersion')
  return {
    version: String(product).replace(/^.*\//, ''),
    newTab: async () => {
      const { browserContextId } = await call('Target.createBrowserContext')
      const { targetId } = await call('Target.createTarget', { url: 'about:blank', browserContextId })
      const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true })
      const send: Tab['send'] = (method, params) => call(method, params, String(sessionId))
      return {
        send,
        evaluate: async <T>(expression: string) =>
          valueOf(await send('Runtime.evaluate', { expression, ...BY_VALUE })) as T,
        close: async () => void (await call('Target.disposeBrowserContext', { browserContextId })),
      }
    },
    trace: async (categories, work) => {
      const events: Params[] = []
      const complete = new Promise<void>((resolve) => {
        on('Tracing.dataCollected', ({ value }) => events.push(...(value as Params[])))
        on('Tracing.tracingComplete', () => resolve())
      })
      const traceConfig = { includedCategories: categories }
      await call('Tracing.start', { traceConfig, transferMode: 'ReportEvents' })
      await work()
      await call('Tracing.end')
      await complete
      return events
    },
    close: async () => {
      // The executable may be a script that starts the browser; a signal would not reach the browser.
      await Promise.race([call('Browser.close'), ended])
      await ended
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

const BY_VALUE = { returnByValue: true, awaitPromise: true }

function valueOf({ result, exceptionDetails }: Params): unknown {
  if (exceptionDetails) throw new Error(`The page threw: ${JSON.stringify(exceptionDetails)}`)
  return (result as { value?: unknown }).value
}

/** Chromium's protocol over two pipes: JSON messages, each ended by a zero byte. */
function connect(to: Writable, from: Readable) {
  const waiting = new Map<number, { resolve: (result: Params) => void; reject: (error: Error) => void }>()
  const listeners = new Map<string, (params: Params) => void>()
  let last = 0
  let rest = ''
  from.setEncoding('utf8')
  from.on('data', (text: string) => {
    const messages = (rest + text).split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages) receive(JSON.parse(message) as Message)
  })
  from.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The browser has ended.'))
  })

  function receive({ id, method, params = {}, result = {}, error }: Message): void {
    if (id === undefined) return listeners.get(method ?? '')?.(params)
    const call = waiting.get(id)
    waiting.delete(id)
    if (error) call?.reject(new Error(error.message))
    else call?.resolve(result)
  }

  return {
    call: (method: string, params: Params = {}, sessionId?: string) =>
      new Promise<Params>((resolve, reject) => {
        last += 1
        waiting.set(last, { resolve, reject })
        to.write(`${JSON.stringify({ id: last, method, params, ...(sessionId && { sessionId }) })}\0`)
      }),
    on: (method: string, listener: (params: Params) => void) => void listeners.set(method, listener),
  }
}
