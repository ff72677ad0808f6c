import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { help, readSettings, SettingError } from '../settings.ts'
import { askAs, basic, timeout } from './bigv.ts'

vi.setConfig({ testTimeout: timeout })

/** Starts the command, and collects its output. */
const run = (argument: string[], environment: Record<string, string>) => {
  const child = spawn('node', ['--import', 'tsx', 'simulator/main.ts', ...argument], {
    env: { ...process.env, ...environment },
  })
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output.text += chunk.toString()))
  return { child, output, ended: once(child, 'close') as Promise<[number | null]> }
}

describe('settings', () => {
  test('have defaults', () => {
    expect(readSettings({})).toEqual({
      port: 4100,
      host: '127.0.0.1',
      machines: 42,
      speed: 1,
      tokens: [],
      cluster: 'uk0.bigv.io',
      created: false,
      fog: false,
      state: null,
      control: false,
    })
  })

  test('come from the environment', () => {
    const settings = readSettings({
      BIGV_SIMULATOR_PORT: '0',
      BIGV_SIMULATOR_HOST: '::1',
      BIGV_SIMULATOR_MACHINES: '10000',
      BIGV_SIMULATOR_SPEED: '2.5',
      BIGV_SIMULATOR_TOKENS: 'apikey.one, two,,',
      BIGV_SIMULATOR_CLUSTER: 'uk1.bigv.io',
      BIGV_SIMULATOR_CREATED: '1',
      BIGV_SIMULATOR_FOG: '1',
      BIGV_SIMULATOR_STATE: '/tmp/state',
      BIGV_SIMULATOR_CONTROL: '1',
    })
    expect(settings).toEqual({
      port: 0,
      host: '::1',
      machines: 10_000,
      speed: 2.5,
      tokens: ['apikey.one', 'two'],
      cluster: 'uk1.bigv.io',
      created: true,
      fog: true,
      state: '/tmp/state',
      control: true,
    })
  })

  test.each([
    ['BIGV_SIMULATOR_PORT', 'http'],
    ['BIGV_SIMULATOR_PORT', '65536'],
    ['BIGV_SIMULATOR_PORT', '-1'],
    ['BIGV_SIMULATOR_MACHINES', '1.5'],
    ['BIGV_SIMULATOR_MACHINES', 'many'],
    ['BIGV_SIMULATOR_SPEED', 'fast'],
    ['BIGV_SIMULATOR_SPEED', '-2'],
    ['BIGV_SIMULATOR_CONTROL', 'yes'],
    ['BIGV_SIMULATOR_CLUSTER', 'not a host'],
  ])('are refused if invalid, with an error that names them: %s=%s', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(SettingError)
    expect(() => readSettings({ [name]: value })).toThrow(name)
    expect(() => readSettings({ [name]: value })).toThrow(`"${value}"`)
  })

  test('are all listed in --help', async () => {
    const source = await readFile(new URL('../settings.ts', import.meta.url), 'utf8')
    const names = new Set(source.match(/BIGV_SIMULATOR_[A-Z]+/g))
    expect(names.size).toBe(10)
    for (const name of names) expect(help).toContain(name)
  })
})

describe('the simulator’s command', () => {
  test('prints its help with --help', async () => {
    const { output, ended } = run(['--help'], {})
    expect((await ended)[0]).toBe(0)
    expect(output.text).toBe(help)
  })

  test('ends with a message and status 2 for an invalid setting or argument', async () => {
    for (const [argument, environment, message] of [
      [[], { BIGV_SIMULATOR_PORT: 'x' }, 'BIGV_SIMULATOR_PORT'],
      [['--port'], {}, '--port'],
    ] as const) {
      const { output, ended } = run([...argument], environment)
      expect((await ended)[0]).toBe(2)
      expect(output.text).toContain(message)
      expect(output.text).not.toContain('    at ')
    }
  })

  test('ends with a message and status 2 if the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { output, ended } = run([], { BIGV_SIMULATOR_PORT: String(port) })
    expect((await ended)[0]).toBe(2)
    expect(output.text).toContain(`Port ${port} is in use`)
    other.close()
  })

  test('prints its address, and stops with Ctrl-C', async () => {
    const { child, output, ended } = run([], { BIGV_SIMULATOR_PORT: '0', BIGV_SIMULATOR_MACHINES: '1' })
    await once(child.stdout, 'data')
    const [url = ''] = /http:\S+/.exec(output.text) ?? []
    expect((await askAs(url, basic('demo', 'demo'))('GET', '/accounts')).status).toBe(200)
    child.kill('SIGINT')
    expect((await ended)[0]).toBe(0)
  })
})
