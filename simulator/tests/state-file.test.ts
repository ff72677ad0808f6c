import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, rmdir, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { times } from '../rules/limits.ts'
import { startSimulator, type Simulator } from '../server.ts'
import { StateError, StateFile } from '../state/file.ts'
import { createStore } from '../state/store.ts'
import { askAs, basic, timeout, type Ask } from './bigv.ts'

vi.setConfig({ testTimeout: timeout, hookTimeout: timeout })

let folder = ''
let file = ''
let running: Simulator[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bigv-state-'))
  file = join(folder, 'state.json')
})
afterEach(async () => {
  await Promise.all(running.map((simulator) => simulator.close()))
  running = []
  await rm(folder, { recursive: true })
})

const group = '/accounts/acme/groups/default'

const start = async (options = {}): Promise<{ ask: Ask; simulator: Simulator }> => {
  const simulator = await startSimulator({ machines: 3, speed: 0, state: file, ...options })
  running.push(simulator)
  return { ask: askAs(simulator.url, basic('demo', 'demo')), simulator }
}

const askWithNewPassword = (url: string): Ask => askAs(url, basic('demo', 'new'))

/** Creates a machine and purges it. Returns its id. */
const makeAndPurge = async (ask: Ask): Promise<number> => {
  const reply = await ask('POST', `${group}/virtual_machines`, { name: 'brief' })
  const { id } = reply.json as { id: number }
  await ask('DELETE', `${group}/virtual_machines/${id}?purge=true`)
  return id
}

/** Expects a simulator to refuse the file with a reason that matches, and to leave the file unchanged. */
const expectUnusable = async (message: RegExp): Promise<void> => {
  const before = await readFile(file)
  await expect(start()).rejects.toThrow(StateError)
  await expect(start()).rejects.toThrow(message)
  expect((await readFile(file)).equals(before)).toBe(true)
}

const account = (name: string) => ({ id: 1, name, suspended: false })

const wholeState = async (ask: Ask): Promise<string> => {
  const answers = ['/accounts?view=overview&include_deleted=true', '/users', '/privileges', '/discs'].map(
    (path) => ask('GET', path),
  )
  return (await Promise.all(answers)).map(({ text }) => text).join('\n')
}

describe('a state file', () => {
  test('keeps everything across a restart', async () => {
    const first = await start()
    await first.ask('POST', `${group}/vm_create`, {
      virtual_machine: { name: 'kept' },
      discs: [{ size: 1024 }],
    })
    await first.ask('PUT', `${group}/virtual_machines/stubborn`, { cores: 7, name: 'renamed' })
    await first.ask('DELETE', `${group}/virtual_machines/installer?purge=true`)
    await first.ask('POST', '/users/colleague/privileges', { account_id: 1, level: 'vm_admin' })
    await first.ask('PUT', '/users/demo', { password: 'new', authorized_keys: 'ssh-rsa AAA' })
    const before = await wholeState(askWithNewPassword(first.simulator.url))
    await first.simulator.close()
    const second = await start({ machines: 9 })
    expect(await wholeState(askWithNewPassword(second.simulator.url))).toBe(before)
  })

  test('lets tasks continue after a restart', async () => {
    const { ask, simulator } = await start()
    await ask('PUT', `${group}/virtual_machines/stubborn`, { power_on: false, autoreboot_on: false })
    await ask('PUT', `${group}/virtual_machines/stubborn`, { power_on: true })
    await simulator.close()
    const again = await start({ speed: times.start })
    const on = await again.ask('PUT', `${group}/virtual_machines/stubborn`, { power_on: true })
    expect(on.json).toMatchObject({ power_on: true })
  })

  test('makes sure that no id is used twice', async () => {
    const { ask, simulator } = await start()
    const first = await makeAndPurge(ask)
    await simulator.close()
    const second = await start()
    expect(await makeAndPurge(second.ask)).toBeGreaterThan(first)
    await second.simulator.close()
    const third = await start()
    expect(await makeAndPurge(third.ask)).toBeGreaterThan(first + 1)
  })

  test('is readable by its owner only, since it contains root passwords', async () => {
    await start()
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })
})

describe('a state file is written', () => {
  test('one second after the first change, with all changes since', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const store = createStore()
    const state = new StateFile(file, store, () => 5)
    try {
      state.write()
      const accounts = async () => {
        const { tables } = JSON.parse(await readFile(file, 'utf8')) as {
          tables: { accounts: { records: { name: string }[] } }
        }
        return tables.accounts.records.map(({ name }) => name)
      }
      store.onCommit(() => state.changed())
      store.accounts.put(account('one'))
      vi.advanceTimersByTime(600)
      store.accounts.put(account('two'))
      vi.advanceTimersByTime(399)
      expect(await accounts()).toEqual([])
      vi.advanceTimersByTime(1)
      expect(await accounts()).toEqual(['two'])
      store.accounts.put(account('three'))
      vi.advanceTimersByTime(999)
      expect(await accounts()).toEqual(['two'])
      vi.advanceTimersByTime(1)
      expect(await accounts()).toEqual(['three'])
    } finally {
      state.close()
      vi.useRealTimers()
    }
  })

  test.each([
    ['stopped', `await simulator.close()`],
    ['ended with its process', `process.exit()`],
  ])('when the simulator is %s', async (_how, end) => {
    const script = `
      import { startSimulator } from './simulator/server.ts'
      const simulator = await startSimulator({ machines: 1, speed: 0, state: process.env.STATE })
      await fetch(simulator.url + '${group}/virtual_machines/stubborn', {
        method: 'PUT',
        headers: { Authorization: 'Basic ' + btoa('demo:demo'), 'Content-Type': 'application/json' },
        body: '{"cores":7}',
      })
      ${end}`
    const child = spawn('node', ['--import', 'tsx', '--input-type=module', '-e', script], {
      env: { ...process.env, STATE: file },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    expect(await once(child, 'close')).toEqual([0, null])
    const { ask } = await start()
    const { json } = await ask('GET', `${group}/virtual_machines/stubborn`)
    expect(json).toMatchObject({ cores: 7 })
  })

  test("beside the old file, so that killing the simulator doesn't damage the old file", async () => {
    const { ask, simulator } = await start()
    await ask('PUT', `${group}/virtual_machines/stubborn`, { cores: 3 })
    await simulator.close()
    await writeFile(`${file}.new`, (await readFile(file)).subarray(0, 1000))
    const again = await start()
    const machine = await again.ask('GET', `${group}/virtual_machines/stubborn`)
    expect(machine.json).toMatchObject({ cores: 3 })
    await again.ask('PUT', `${group}/virtual_machines/stubborn`, { cores: 4 })
    await again.simulator.close()
    const last = await start()
    const changed = await last.ask('GET', `${group}/virtual_machines/stubborn`)
    expect(changed.json).toMatchObject({ cores: 4 })
  })

  test('again at the next change if a write fails, and the failure is reported', async () => {
    const reports = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const store = createStore()
    const state = new StateFile(file, store, () => 0)
    try {
      state.write()
      const good = await readFile(file, 'utf8')
      await mkdir(`${file}.new`)
      store.accounts.put(account('one'))
      state.changed()
      state.close()
      expect(reports.mock.calls.join('')).toContain(`Couldn't write ${file}: `)
      expect(await readFile(file, 'utf8')).toBe(good)
      await rmdir(`${file}.new`)
      state.changed()
      state.close()
      expect(await readFile(file, 'utf8')).toContain('"one"')
    } finally {
      reports.mockRestore()
    }
  })
})

describe('a state file that cannot be used is reported and left unchanged', () => {
  test('if it is truncated', async () => {
    const { simulator } = await start()
    await simulator.close()
    await truncate(file, (await stat(file)).size - 1)
    await expectUnusable(/state\.json is damaged, or not a state file of this BigV simulator/)
    await truncate(file, 5)
    await expectUnusable(/is damaged, or not a state file of this BigV simulator/)
  })

  test('if the file is not a state file', async () => {
    for (const text of ['Dear diary\n', '{}', 'null', '{"format":"BigV simulator state, version 1"}']) {
      await writeFile(file, text)
      await expectUnusable(/is damaged, or not a state file of this BigV simulator/)
    }
  })

  test('if it has invalid records, or records of an unknown kind', async () => {
    const { simulator } = await start()
    await simulator.close()
    const state = JSON.parse(await readFile(file, 'utf8')) as { tables: Record<string, object> }
    await writeFile(file, JSON.stringify({ ...state, tables: { ...state.tables, ships: {} } }))
    await expectUnusable(/has records of an unknown kind, "ships"/)
    await writeFile(
      file,
      JSON.stringify({ ...state, tables: { machines: { last_id: 1, records: [{ id: 1 }] } } }),
    )
    await expectUnusable(/^Couldn't use .*state\.json: /)
  })

  test('if its folder does not exist, or it is a folder', async () => {
    await expect(start({ state: join(folder, 'none', 'state') })).rejects.toThrow(StateError)
    await expect(start({ state: folder })).rejects.toThrow(StateError)
  })
})
