import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { times } from '../rules/times.ts'
import { startSimulator, type Simulator } from '../server.ts'
import { StateError } from '../state/journal-lines.ts'
import { Journal } from '../state/journal.ts'
import { Store } from '../state/store.ts'
import { askAs, basic, patience, type Ask } from './bigv.ts'

vi.setConfig({ testTimeout: patience, hookTimeout: patience })

let folder = ''
let file = ''
let running: Simulator[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bigv-state-'))
  file = join(folder, 'state')
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

const asNew = (url: string): Ask => askAs(url, basic('demo', 'new'))

/** Makes a machine and purges it, and returns the number that it had. */
const makeAndPurge = async (ask: Ask): Promise<number> => {
  const reply = await ask('POST', `${group}/virtual_machines`, { name: 'brief' })
  const { id } = reply.json as { id: number }
  await ask('DELETE', `${group}/virtual_machines/${id}?purge=true`)
  return id
}

/** Expects that a simulator does not start with the file, says so, and leaves it alone. */
const expectRefusal = async (message: RegExp): Promise<void> => {
  const before = await readFile(file)
  await expect(start()).rejects.toThrow(message)
  expect((await readFile(file)).equals(before)).toBe(true)
}

const everything = async (ask: Ask): Promise<string> => {
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
    const before = await everything(asNew(first.simulator.url))
    await first.simulator.close()
    const second = await start({ machines: 9 })
    expect(await everything(asNew(second.simulator.url))).toBe(before)
  })

  test('goes on with what was going on', async () => {
    const { ask, simulator } = await start()
    await ask('PUT', `${group}/virtual_machines/stubborn`, { power_on: false, autoreboot_on: false })
    await ask('PUT', `${group}/virtual_machines/stubborn`, { power_on: true })
    await simulator.close()
    const again = await start({ speed: times.start.value })
    const on = await again.ask('PUT', `${group}/virtual_machines/stubborn`, { power_on: true })
    expect(on.json).toMatchObject({ power_on: true })
  })

  test('gives no number out twice', async () => {
    const { ask, simulator } = await start()
    const first = await makeAndPurge(ask)
    await simulator.close()
    const second = await start()
    expect(await makeAndPurge(second.ask)).toBeGreaterThan(first)
    await second.simulator.close()
    const third = await start()
    expect(await makeAndPurge(third.ask)).toBeGreaterThan(first + 1)
  })

  test('a change adds a line, and rewrites nothing', async () => {
    const { ask } = await start({ machines: 500 })
    const before = await readFile(file, 'utf8')
    await ask('PUT', `${group}/virtual_machines/stubborn`, { cores: 3 })
    const after = await readFile(file, 'utf8')
    expect(after.startsWith(before)).toBe(true)
    expect(after.slice(before.length).split('\n')).toHaveLength(2)
    expect(after.length - before.length).toBeLessThan(2000)
  })

  test('is for one simulator at a time', async () => {
    await start()
    await expect(start()).rejects.toThrow(/in use by another simulator/)
  })

  test('a lock of a process that is gone does not count', async () => {
    await writeFile(`${file}.lock`, '999999999\n')
    const { ask } = await start()
    expect((await ask('GET', '/accounts')).status).toBe(200)
  })
})

describe('a kill', () => {
  test('at any moment of writing loses at most the last change', async () => {
    const { ask, simulator } = await start()
    await ask('PUT', `${group}/virtual_machines/stubborn`, { cores: 3 })
    const { size: before } = await stat(file)
    await ask('PUT', `${group}/virtual_machines/stubborn`, { cores: 4 })
    await simulator.close()
    const { size: after } = await stat(file)
    const whole = await readFile(file)
    // A sample of lengths at which the last line may have been torn, both ends included
    const lengths = [before, before + 1, Math.floor((before + after) / 2), after - 1, after]
    for (const length of lengths) {
      await writeFile(file, whole.subarray(0, length))
      const again = await start()
      const machine = await again.ask('GET', `${group}/virtual_machines/stubborn`)
      expect(machine.json).toMatchObject({ cores: length === after ? 4 : 3 })
      await again.ask('PUT', `${group}/virtual_machines/stubborn`, { cores: 5 })
      await again.simulator.close()
      const last = await start()
      const changed = await last.ask('GET', `${group}/virtual_machines/stubborn`)
      expect(changed.json).toMatchObject({ cores: 5 })
      await last.simulator.close()
    }
  })

  test('-9 of the process, in the middle of its work', async () => {
    const child = spawn('node', ['--import', 'tsx', 'simulator/main.ts'], {
      env: {
        ...process.env,
        BIGV_SIMULATOR_PORT: '0',
        BIGV_SIMULATOR_STATE: file,
        BIGV_SIMULATOR_MACHINES: '3',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [greeting] = (await once(child.stdout, 'data')) as [Buffer]
    const [url = ''] = /http:\S+/.exec(greeting.toString()) ?? []
    const ask = askAs(url, basic('demo', 'demo'))
    let acknowledged = 0
    const writing = (async () => {
      for (let memory = 1024; ; memory++) {
        await ask('PUT', `${group}/virtual_machines/stubborn`, { memory })
        acknowledged = memory
        if (memory === 1064) child.kill('SIGKILL')
      }
    })()
    await expect(writing).rejects.toThrow()
    await (child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null)
    const { ask: after } = await start()
    const { json } = await after('GET', `${group}/virtual_machines/stubborn`)
    const { memory } = json as { memory: number }
    expect([acknowledged, acknowledged + 1]).toContain(memory)
  })
})

describe('a file that cannot be used gets a clear error, and is left as it is', () => {
  test('damaged in the middle', async () => {
    const { simulator } = await start()
    await simulator.close()
    const bytes = await readFile(file)
    const middle = Math.floor(bytes.length / 2)
    bytes[middle] = (bytes[middle] ?? 0) ^ 1
    await writeFile(file, bytes)
    await expectRefusal(/damaged: line \d+/)
  })

  test('a line missing its beginning', async () => {
    const { simulator } = await start()
    await simulator.close()
    await appendFile(file, '{"at":1}\n')
    await expectRefusal(/damaged/)
  })

  test('something else', async () => {
    await writeFile(file, 'Dear diary\n')
    await expectRefusal(/is not a state file/)
    await writeFile(file, Buffer.from([0, 255, 254, 10]))
    await expectRefusal(/is not a state file/)
  })

  test('in a folder that is not there, or a folder itself', async () => {
    await expect(start({ state: join(folder, 'none', 'state') })).rejects.toThrow(StateError)
    await expect(start({ state: folder })).rejects.toThrow(StateError)
  })

  test('cut off within the first line', async () => {
    const { simulator } = await start()
    await simulator.close()
    await truncate(file, 5)
    await expectRefusal(/is not a state file/)
  })
})

test('from time to time a fresh snapshot takes the place of the file', async () => {
  const store = new Store()
  const journal = new Journal(file, 10_000)
  journal.snapshot(store, 0)
  store.onCommit((changes) => journal.append(store, changes, 1))
  let largest = 0
  for (let change = 0; change < 1000; change++) {
    store.accounts.put({ id: 1, name: `account${change}`, suspended: false })
    largest = Math.max(largest, (await stat(file)).size)
  }
  journal.close()
  expect(largest).toBeGreaterThan(10_000)
  expect(largest).toBeLessThan(12_000)
  const again = new Store()
  const reopened = new Journal(file, 10_000)
  expect(reopened.load(again)).toBe(1)
  reopened.close()
  expect([...again.accounts.all()]).toEqual([{ id: 1, name: 'account999', suspended: false }])
})
