import { beforeEach, expect, test, vi } from 'vitest'
import { loadChunk } from './load-chunk.ts'

const script = () => new Response('export {}', { headers: { 'Content-Type': 'text/javascript' } })
const fetched = vi.fn<(file: string) => Promise<Response>>()
const failures: unknown[] = []
/** The files that index.html loads. */
let inPage: string[] = []

beforeEach(() => {
  fetched.mockReset().mockImplementation(async () => script())
  failures.length = 0
  inPage = []
  vi.stubGlobal('fetch', fetched)
  vi.stubGlobal('document', {
    querySelector: (selector: string) => (inPage.some((file) => selector.includes(`"${file}"`)) ? {} : null),
  })
  vi.stubGlobal('dispatchEvent', (event: Event & { payload?: unknown }) => {
    failures.push(event.type, event.payload)
    return true
  })
})

test('loadChunk imports a chunk once all its files are loaded', async () => {
  const answers = new Map<string, (response: Response) => void>()
  fetched.mockImplementation((file) => new Promise((resolve) => answers.set(file, resolve)))
  const importChunk = vi.fn<() => Promise<string>>().mockResolvedValue('chunk')
  const loaded = loadChunk(importChunk, ['assets/a.js', 'assets/shared.js'])
  expect([...answers.keys()]).toEqual(['/assets/a.js', '/assets/shared.js'])
  answers.get('/assets/a.js')?.(script())
  await new Promise((resolve) => setTimeout(resolve))
  expect(importChunk).not.toHaveBeenCalled()
  answers.get('/assets/shared.js')?.(script())
  expect(await loaded).toBe('chunk')
})

test.each([
  ['no answer', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['an error', async () => new Response('', { status: 502 })],
  ['a web page', async () => new Response('<p>Log in', { headers: { 'Content-Type': 'text/html' } })],
])('loadChunk does not import after %s, and fetches the file again next time', async (name, answer) => {
  const file = `assets/${name}.js`
  fetched.mockImplementationOnce(answer)
  const importChunk = vi.fn<() => Promise<string>>().mockResolvedValue('chunk')
  await expect(loadChunk(importChunk, [file])).rejects.toThrow(`/${file} failed to load.`)
  expect(importChunk).not.toHaveBeenCalled()
  expect(failures).toEqual([
    'vite:preloadError',
    expect.objectContaining({ message: `/${file} failed to load.` }),
  ])
  expect(await loadChunk(importChunk, [file])).toBe('chunk')
  expect(fetched).toHaveBeenCalledTimes(2)
})

test('loadChunk requests no file twice, nor one that index.html loads', async () => {
  inPage = ['/assets/first-view.js']
  const files = ['assets/first-view.js', 'assets/both.js']
  await Promise.all([loadChunk(async () => {}, files), loadChunk(async () => {}, files)])
  await loadChunk(async () => {}, files)
  expect(fetched.mock.calls).toEqual([['/assets/both.js']])
})
